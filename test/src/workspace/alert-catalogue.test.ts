import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { platformAlerts, serviceAlerts } from "@plinth/alerts";
import { describe, expect, it } from "vitest";

const page = readFileSync(join(resolve(import.meta.dirname, "../../.."), "docs/alert-catalogue.md"), "utf8");
const documented = [...page.matchAll(/^\| `([A-Za-z0-9]+)` \| /gm)].map(([, name = ""]) => name);

describe("the page about all alerts", () => {
  it("names each of them once, and no other", () => {
    const names = [...platformAlerts, ...serviceAlerts].map(({ name }) => name);
    expect([...documented].sort()).toEqual([...names].sort());
  });
});
