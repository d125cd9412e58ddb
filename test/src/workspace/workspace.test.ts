import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { allowedImports } from "./allowed-imports.ts";

const root = resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const sourcesOf = (folder: string): string[] => globSync(`${folder}/src/**/*.ts`, { cwd: root }).sort();
const isTest = (file: string): boolean => /\.(test|fixture|verify)\.ts$/.test(file);

/** Docstrings have examples, and those have imports of their own. */
const withoutComments = (text: string): string => text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");

/** What a file imports: static and dynamic imports, and re-exports. Formatted code has them at the beginning of a line, in double quotes. */
const importsOf = (file: string): string[] =>
  [
    ...withoutComments(read(file)).matchAll(
      /^(?:import|export)\b[^"';]*?\bfrom "([^"\n]+)"|^import "([^"\n]+)"|\bimport\("([^"\n]+)"\)|\brequire\.resolve\("([^"\n]+)"\)/gm,
    ),
  ].map(([, from, bare, dynamic, file]) => from ?? bare ?? dynamic ?? file ?? "");

const manifest = (folder: string): Record<string, unknown> => JSON.parse(read(`${folder}/package.json`));
/** Peers, too: what only one entry point needs is its user's to install. */
const dependenciesOf = (folder: string): string[] =>
  ["dependencies", "peerDependencies"].flatMap((kind) => Object.keys(Object(manifest(folder)[kind])));
const rooms = Object.keys(allowedImports);

describe.each(rooms)("%s", (room) => {
  const allowed = allowedImports[room] ?? [];
  const files = sourcesOf(room);
  const name = `@plinth/${room.split("/")[1]}`;

  it("imports only the rooms that the architecture allows", () => {
    const strangers = files.flatMap((file) =>
      importsOf(file)
        .filter(
          (specifier) => specifier.startsWith("@plinth/") && !specifier.startsWith(`${name}/`) && specifier !== name,
        )
        .filter((specifier) => !allowed.includes(specifier.split("/")[1] ?? ""))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(strangers).toEqual([]);
  });

  it("reaches into no other room's files", () => {
    const reaching = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith("."))
        .filter((specifier) => !resolve(root, file, "..", specifier).startsWith(join(root, room, "src")))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(reaching).toEqual([]);
  });

  it("declares what it imports, and only that", () => {
    const imported = (chosen: readonly string[]): Set<string> =>
      new Set(
        chosen
          .flatMap(importsOf)
          .filter(
            (specifier) =>
              !specifier.startsWith(".") &&
              !specifier.startsWith("node:") &&
              specifier !== name &&
              !specifier.startsWith(`${name}/`),
          )
          .map((specifier) =>
            specifier
              .split("/")
              .slice(0, specifier.startsWith("@") ? 2 : 1)
              .join("/"),
          ),
      );
    const used = imported(files.filter((file) => !isTest(file)));
    expect([...used].filter((specifier) => !dependenciesOf(room).includes(specifier))).toEqual([]);
    expect(dependenciesOf(room).filter((dependency) => !used.has(dependency))).toEqual([]);
  });

  it("has no side effects outside of the command line", () => {
    if (room.startsWith("apps/") || room === "packages/kubeconform") return;
    const impure = files
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => /^node:(fs|child_process|net|http|https|os|process)/.test(specifier))
          .map((specifier) => `${file}: ${specifier}`),
      );
    expect(impure).toEqual([]);
  });

  it("asks neither the clock nor chance nor the environment", () => {
    if (room.startsWith("apps/") || room === "packages/kubeconform") return;
    const asking = files
      .filter((file) => !isTest(file))
      .filter((file) =>
        /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.env\b|performance\.now\()/.test(read(file)),
      );
    expect(asking).toEqual([]);
  });

  it("imports leaves of kubernetes-models, not whole packages", () => {
    const barrels = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) =>
          /^(@kubernetes-models\/[a-z-]+|kubernetes-models(\/v1|\/[a-z.0-9]+\/v[a-z0-9]+)?)$/.test(specifier),
        )
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(barrels).toEqual([]);
  });

  it("says nothing with names that say nothing", () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\/|\.|-)/.test(file))).toEqual([]);
  });

  it("has a page in docs/, a README and a licence", () => {
    const page = `docs/${room.split("/")[1]}.md`;
    expect([page, `${room}/README.md`].filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(manifest(room)["license"]).toBe("Apache-2.0");
  });
});

describe("the workspace", () => {
  it("pins every version exactly", () => {
    const catalog = read("pnpm-workspace.yaml").split("\ncatalog:\n")[1]?.split("\n\n")[0] ?? "";
    const versions = [...catalog.matchAll(/^ {2}\S+: (.+)$/gm)].map((match) => match[1] ?? "");
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    for (const room of rooms) {
      const ranges = ["dependencies", "devDependencies"].flatMap((kind) =>
        Object.values(Object(manifest(room)[kind])).map(String),
      );
      expect(
        ranges.filter((range) => !["catalog:", "workspace:*"].includes(range)),
        room,
      ).toEqual([]);
    }
  });

  it("compiles each room with references to those that it imports", () => {
    for (const room of rooms) {
      const references: { path: string }[] = JSON.parse(read(`${room}/tsconfig.json`)).references ?? [];
      const imported = dependenciesOf(room)
        .filter((dependency) => dependency.startsWith("@plinth/"))
        .map((dependency) => dependency.slice("@plinth/".length));
      expect(references.map(({ path }) => path.split("/").at(-1)).sort(), room).toEqual(imported.sort());
    }
  });
});
