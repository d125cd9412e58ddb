import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../..");
const example = join(root, "examples/service-repository");
const manifestOf = (file: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(root, file), "utf8"));

// Its own tests run with all others (vitest.config.ts), its types are checked with the examples of the docstrings.
it("the service repository's folder k8s/ and its README are what the command line writes, dashboards of ten lines among them", () => {
  // Beside this package's node_modules, so that the imports resolve.
  const folder = join(root, "test/.cache/service-repository");
  rmSync(folder, { recursive: true, force: true });
  cpSync(example, folder, { recursive: true });
  const service = (...parameters: readonly string[]): SpawnSyncReturns<string> =>
    spawnSync(
      process.execPath,
      [
        join(root, "apps/gitops-render/bin/gitops-render.js"),
        ...["service", "--namespace", "team-backend", ...parameters],
      ],
      { cwd: folder, encoding: "utf8" },
    );
  // PLINTH_UPDATE_GOLDEN=1 npx vitest run service-repository
  if (process.env["PLINTH_UPDATE_GOLDEN"] === "1") {
    service();
    cpSync(join(folder, "k8s"), join(example, "k8s"), { recursive: true });
  }
  const { status, stdout, stderr } = service("--check");
  expect(`${status} ${stderr.match(/^✖.*/gm) ?? "no error"}`).toBe("0 no error");
  const readme = readFileSync(join(example, "README.md"), "utf8");
  const said = stdout.split("\n").filter((line) => line !== "");
  expect(said.slice(0, 5).filter((line) => !readme.includes(line))).toEqual([]);
  expect(readme).toContain((said.at(-1) ?? "").replace(/\s+\(.*/, ""));
  for (const file of ["slo.ts", "metrics.ts", "dashboards.ts"])
    expect(readme).toContain(readFileSync(join(example, file), "utf8").trim());
  expect(said).toContain("Service / loyalty: 21 panels in 4 rows");
  expect(readFileSync(join(example, "dashboards.ts"), "utf8").trim().split("\n")).toHaveLength(10);
});

it("the service repository installs the versions that are here", () => {
  const dependencies = Object(manifestOf("examples/service-repository/package.json")["devDependencies"]);
  const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const expected = Object.keys(dependencies).map((name) => {
    const own = {
      "@plinth/dashboards": "packages/dashboards",
      "@plinth/gitops-render": "apps/gitops-render",
      "@plinth/metrics": "packages/metrics",
      "@plinth/slo": "packages/slo",
    }[name];
    const version =
      own === undefined
        ? new RegExp(`^ {2}"?${name}"?: (.+)$`, "m").exec(catalog)?.[1]
        : manifestOf(`${own}/package.json`)["version"];
    return [name, version];
  });
  expect(dependencies).toEqual(Object.fromEntries(expected));
});
