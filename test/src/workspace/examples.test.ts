import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { allowedImports } from "./allowed-imports.ts";
import { declaredNames, exampleModule, examplesIn, namesOf } from "./examples.ts";

const root = resolve(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("an example in a docstring", () => {
  it("is found with its line", () =>
    expect(
      examplesIn("/**\n * What.\n *\n * @example\n * const a = 1;\n * use(a);\n * @see https://example.com\n */"),
    ).toEqual([{ line: 4, code: "const a = 1;\nuse(a);" }]));

  it("imports what it uses of its package and does not bring itself", () => {
    const names = namesOf('export { a, type B } from "./x.ts";\nexport type { C } from "./y.ts";');
    expect(exampleModule("const b: B = a();", [{ from: "@plinth/x", names }])).toBe(
      'import { a, type B } from "@plinth/x";\nconst b: B = a();\nexport {};\n',
    );
    expect(exampleModule("const a = 1;", [{ from: "@plinth/x", names }])).toBe("const a = 1;\nexport {};\n");
  });

  it("compiles, in every package", () => {
    // Beside this package's node_modules, so that its imports resolve.
    const folder = join(root, "test/.cache/examples");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    let count = 0;
    for (const room of Object.keys(allowedImports)) {
      const names = namesOf(read(`${room}/src/index.ts`));
      for (const file of globSync(`${room}/src/**/*.ts`, { cwd: root })) {
        if (/\.(test|fixture|verify)\.ts$/.test(file)) continue;
        const source = read(file);
        const places = [
          { from: `@plinth/${room.split("/")[1]}`, names },
          { from: `../../../${file}`, names: declaredNames(source) },
        ];
        for (const { line, code } of examplesIn(source)) {
          count++;
          const name = `${file.replaceAll("/", "__").replace(/\.ts$/, "")}__line_${line}.ts`;
          writeFileSync(join(folder, name), exampleModule(code, places));
        }
      }
    }
    // A service's own repository cannot be compiled where it lies: what it installs is not there.
    for (const file of globSync("examples/service-repository/*.ts", { cwd: root }))
      writeFileSync(join(folder, basename(file)), read(file));
    const { compilerOptions } = JSON.parse(read("tsconfig.base.json"));
    const options = {
      ...compilerOptions,
      composite: false,
      declaration: false,
      declarationMap: false,
      sourceMap: false,
      isolatedDeclarations: false,
      noEmit: true,
      noUnusedLocals: false,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
    const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
    const problems = stdout.split("\n").filter((line) => line.includes("error TS"));
    expect(problems.map((line) => line.replace(/^.*examples\//, ""))).toEqual([]);
    expect(count).toBeGreaterThan(20);
  }, 60_000);
});
