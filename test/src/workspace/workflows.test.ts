import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/ci.md"), "utf8");
const shown = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text);

describe("the page about workflows", () => {
  it.each([".github/workflows/review.yaml", ".gitlab-ci.yml", ".pre-commit-config.yaml"])("shows %s as it is", (file) =>
    expect(shown).toContain(readFileSync(join(root, file), "utf8")),
  );
});
