import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assemble, buildPlatform, isPlatformDefinition, plan } from "@plinth/core";
import { components } from "@plinth/gitops-render";
import { describe, expect, it } from "vitest";

/** `pnpm golden` writes the expected trees anew; read the diff as you would read a pull request. */
const update = process.env["PLINTH_UPDATE_GOLDEN"] === "1";
const cases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A case is a platform, and the names of the components that show its idea. */
async function renderCase(name: string): Promise<ReadonlyMap<string, string>> {
  const module: unknown = await import(join(import.meta.dirname, name, "platform.ts"));
  const definition: unknown = Reflect.get(Object(module), "default");
  const shown: unknown = Reflect.get(Object(module), "shows");
  if (!isPlatformDefinition(definition) || !Array.isArray(shown))
    throw new TypeError(`${name}/platform.ts exports no platform, or not which components it shows`);
  const chosen = components.filter((component) => shown.includes(component.name));
  expect(chosen.map((component) => component.name).sort()).toEqual([...shown].sort());
  const { platform, findings } = buildPlatform(definition, { root: import.meta.dirname });
  expect(findings).toEqual([]);
  if (platform === undefined) throw new TypeError("a platform without findings");
  const planned = plan(platform, chosen);
  expect(planned.findings).toEqual([]);
  return new Map(assemble(planned.files).map(({ path, text }) => [path, text()]));
}

describe.each(cases)("%s", (name) => {
  const folder = join(import.meta.dirname, name, "rendered");

  it("renders the expected tree, byte for byte", async () => {
    const actual = await renderCase(name);
    if (update) {
      rmSync(folder, { recursive: true, force: true });
      for (const [path, text] of actual) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    }
    expect(existsSync(folder), "run `pnpm golden` once for a new case").toBe(true);
    const expected = new Map(
      globSync("**/*", { cwd: folder, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
    );
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [path, text] of actual) expect(text, path).toBe(expected.get(path));
  });
});
