import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { platformModule, type Run, type Workplace, workplace } from "./command-line.fixture.ts";

const workplaces: Workplace[] = [];
const place = (files: Readonly<Record<string, string>> = { "platform/index.ts": platformModule() }): Workplace => {
  const made = workplace(files);
  workplaces.push(made);
  return made;
};
afterAll(() => {
  for (const made of workplaces) made.remove();
});

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];
const bytesIn = (folder: string): string =>
  filesIn(folder)
    .map((file) => `${file}\n${readFileSync(file, "utf8")}`)
    .join("\n");

/** Nothing was written, no stack trace was shown, and the exit code says that the input is wrong. */
const expectRefusal = (run: Run, folder: string): void => {
  expect(run.exitCode).toBe(2);
  expect(run.stderr).not.toMatch(/^\s+at .*(node:internal|program\.ts|plan\.ts)/m);
  expect(filesIn(join(folder, "rendered"))).toEqual([]);
};

describe.concurrent("render", () => {
  it("writes the tree, and a second time nothing", async () => {
    const { folder, run } = place();
    const first = await run("render");
    expect(first.stderr).toBe("");
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(
      /rendered\/ is up to date: \d+ written, 0 unchanged, 0 removed, 0 findings {3}\(\d+(\.\d+)? s\)/,
    );
    const before = bytesIn(join(folder, "rendered"));
    const second = await run("render");
    expect(second.stdout).toMatch(/: 0 written, \d+ unchanged, 0 removed, 0 findings/);
    expect(bytesIn(join(folder, "rendered"))).toBe(before);
    expect(await run("render", "--check")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("refuses what is past its day, and leaves the tree as it was", async () => {
    const { folder, run } = place({
      "platform/index.ts": platformModule(`input.breakGlass = [{
  name: "orders", group: "break-glass-orders", role: "namespace-rescuer", environment: "production", team: "backend",
  because: "Orders are stuck.", ticket: "OPS-312", approvedBy: "platform", until: "2026-12-11",
}];`),
    });
    expect((await run("render", "--today", "2026-12-11")).exitCode).toBe(0);
    const before = bytesIn(join(folder, "rendered"));
    expect(before).toContain('cleanup.kyverno.io/ttl: "2026-12-12"');
    const late = await run("render", "--today", "2026-12-12");
    expect(late.exitCode).toBe(2);
    expect(late.stderr).toContain("breakGlass[orders].until");
    expect(bytesIn(join(folder, "rendered"))).toBe(before);
    expect((await run("render", "--today", "tomorrow")).stderr).toContain("It is a day such as 2026-12-31.");
  });

  it("touches one file when one team's quota changes in production", async () => {
    const { folder, write, run } = place();
    await run("render");
    const before = new Map(filesIn(join(folder, "rendered")).map((file) => [file, readFileSync(file, "utf8")]));
    write(
      "platform/index.ts",
      platformModule('input.teams[0].quotas.production = { ...input.teams[0].quotas.production, cpu: "21" };'),
    );
    expect((await run("render", "--json")).stdout).toContain("resourcequota");
    const changed = filesIn(join(folder, "rendered")).filter((file) => readFileSync(file, "utf8") !== before.get(file));
    expect(changed.map((file) => file.slice(folder.length + 1))).toEqual([
      "rendered/foundation/overlays/production/tenancy/team-backend/resourcequota-team-backend.yaml",
    ]);
  });

  it("renders only one team's files, and the tree stays whole", async () => {
    const { folder, write, run } = place();
    await run("render");
    const whole = bytesIn(join(folder, "rendered"));
    for (const file of filesIn(join(folder, "rendered")).filter((path) => path.includes("/frontend/"))) rmSync(file);
    await run("render", "--team", "frontend");
    expect(bytesIn(join(folder, "rendered"))).toBe(whole);
    write(
      "platform/index.ts",
      platformModule(
        'for (const team of input.teams) team.contact.chat = "#other"; input.teams[0].quotas.production = { ...input.teams[0].quotas.production, cpu: "21" };',
      ),
    );
    expect((await run("render", "--team", "frontend", "--environment", "production")).exitCode).toBe(0);
    expect(
      readFileSync(
        join(folder, "rendered/foundation/overlays/production/tenancy/team-backend/resourcequota-team-backend.yaml"),
        "utf8",
      ),
    ).not.toContain('"21"');
  });

  it("two at once: the tree is right, and neither breaks", async () => {
    const { folder, run } = place();
    const runs = await Promise.all([run("render"), run("render")]);
    for (const { exitCode, stderr } of runs) expect([0, 3], stderr).toContain(exitCode);
    expect((await run("render", "--check")).exitCode).toBe(0);
    expect(filesIn(join(folder, "rendered")).filter((file) => file.includes(".plinth-"))).toEqual([]);
  });

  it("killed at any moment: the next one completes the tree", async () => {
    const { run, runAndKill } = place();
    for (const milliseconds of [300, 600, 900]) await runAndKill(milliseconds, "render");
    expect((await run("render")).exitCode).toBe(0);
    expect((await run("render", "--check")).exitCode).toBe(0);
  });

  it("speaks JSON", async () => {
    const { run } = place();
    const { stdout } = await run("render", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, unchanged: 0, removed: [], findings: [] });
  });
});

describe.concurrent("render --check", () => {
  it("names each file that drifted, is missing, is orphaned, was edited or is foreign, and writes nothing", async () => {
    const { folder, write, run } = place();
    await run("render");
    const rendered = join(folder, "rendered");
    const [edited = "", missing = ""] = filesIn(join(rendered, "application"));
    writeFileSync(edited, `${readFileSync(edited, "utf8")}# mine\n`);
    rmSync(missing);
    write("rendered/application/mine.yaml", "kind: Mine\n");
    write(
      "platform/index.ts",
      platformModule(
        'input.services = input.services.filter(({ name }) => name !== "mailer"); input.teams[0].quotas.production = { ...input.teams[0].quotas.production, cpu: "21" };',
      ),
    );
    const before = bytesIn(rendered);
    const { exitCode, stderr } = await run("render", "--check");
    expect(exitCode).toBe(1);
    const lineOf = (file: string): string | undefined =>
      stderr.split("\n").find((_line, number, lines) => lines[number + 1]?.includes(file.replace(`${rendered}/`, "")));
    expect(lineOf(edited)).toContain("was changed after Plinth wrote it");
    expect(lineOf(missing)).toContain("is missing");
    expect(lineOf("application/mine.yaml")).toContain("Plinth did not write it");
    expect(lineOf("application/production/backend/mailer/serviceaccount-mailer.yaml")).toContain(
      "is no longer said by the model",
    );
    expect(lineOf("overlays/production/tenancy/team-backend/resourcequota-team-backend.yaml")).toContain(
      "is not what the model says",
    );
    expect(bytesIn(rendered)).toBe(before);
  });
});

describe.concurrent("list", () => {
  it("says what would be written, from which component, and writes nothing", async () => {
    const { folder, run } = place();
    const { exitCode, stdout } = await run(
      "list",
      "--component",
      "tenancy",
      "--environment",
      "production",
      "--team",
      "backend",
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain("foundation/overlays/production/tenancy/team-backend/resourcequota-team-backend.yaml");
    expect(stdout).not.toContain("team-frontend/");
    expect(filesIn(join(folder, "rendered"))).toEqual([]);
  });
});

describe.concurrent("bad input is refused with file and field, all at once, and nothing is written", () => {
  it("a platform with every mistake", async () => {
    const mistakes = `
      input.services[0].team = "frontnd";
      input.services[0].calls = ["chekout", "frontend"];
      input.services[1].stores = ["orders-database"];
      input.services.push({ name: "checkout", team: "backend", tier: "low", language: "go" }, { name: "x".repeat(60), team: "backend", tier: "low", language: "go" });
      input.services.push({ name: "caller", team: "backend", tier: "low", language: "go", calls: ["checkout/http"] });
      input.teams[1].quotas = { development: { ...input.teams[1].quotas.development, memory: "40 GB" }, production: input.teams[1].quotas.production };
      input.environments.push({ ...exampleProduction({ name: "staging" }), cluster: undefined });`;
    const { folder, run } = place({ "platform/index.ts": platformModule(mistakes) });
    const result = await run("render");
    expectRefusal(result, folder);
    for (const text of [
      'there is no team "frontnd"',
      'there is no service "chekout"',
      "the service calls itself",
      'there is no data store "orders-database"',
      'a second service is named "checkout"',
      'checkout offers no port "http"',
      '"40 GB" is not a Kubernetes quantity',
      "environments[staging].cluster",
      "platform/index.ts:",
    ]) {
      expect(result.stderr, text).toContain(text);
    }
    const json = await run("render", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false });
  });

  it("networks that overlap", async () => {
    const { folder, run } = place({
      "platform/index.ts": platformModule('input.environments[1].network.vpc = ["10.0.0.0/8"];'),
    });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("10.0.0.0/8 overlaps 10.10.0.0/16 of development");
  });

  it("a platform that throws", async () => {
    const { folder, run } = place({ "platform/index.ts": platformModule('throw new Error("no database");') });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toMatch(/the platform throws: no database\n\s+at platform\/index\.ts:4/);
  });

  it("a platform that throws something that is no error", async () => {
    const { folder, run } = place({ "platform/index.ts": platformModule("throw undefined;") });
    expectRefusal(await run("render"), folder);
  });

  it.each([
    ["nothing", "export {};\n", "the module has no default export"],
    ["something else", "export default { name: 1 };\n", "the default export is not a platform"],
  ])("a module that exports %s", async (_name, text, message) => {
    const { folder, run } = place({ "platform/index.ts": text });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain(message);
  });

  it("TypeScript that does not parse", async () => {
    const { folder, run } = place({ "platform/index.ts": "export default definePlatform({\n  name: ,\n});\n" });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("platform/index.ts:2");
  });

  it("TypeScript whose types cannot be stripped", async () => {
    const { folder, run } = place({ "platform/index.ts": "enum Tier { Low }\nexport default Tier;\n" });
    expectRefusal(await run("render"), folder);
  });

  it("TypeScript whose types are wrong, with every error", async () => {
    const configuration = {
      compilerOptions: {
        module: "nodenext",
        target: "es2024",
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        types: [],
      },
      include: ["*.ts"],
    };
    const { folder, run } = place({
      "platform/index.ts": platformModule('const a: number = "a";\nconst b: string = 1;\nvoid a; void b;'),
      "platform/tsconfig.json": JSON.stringify(configuration),
    });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("platform/index.ts:4:7");
    expect(result.stderr).toContain("platform/index.ts:5:7");
    expect((await run("render", "--no-types")).exitCode).toBe(0);
  });

  it("an import of a file that is not there", async () => {
    const { folder, run } = place({ "platform/index.ts": 'import "./services/none.ts";\nexport default 1;\n' });
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("none.ts");
  });

  it("a platform that is not there", async () => {
    const { folder, run } = place({});
    const result = await run("render");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("there is no platform at platform");
  });

  it("a catalog that is a bomb, one of 100 MB, and one that is not there: all three", async () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, number) => `k${number}: &k${number} [*${number === 0 ? "a" : `k${number - 1}`}, *${number === 0 ? "a" : `k${number - 1}`}]`).join("\n")}\n`;
    const { folder, write, run } = place();
    write("bomb.yaml", bomb);
    write("large.yaml", "");
    truncateSync(join(folder, "large.yaml"), 100 * 1024 * 1024);
    const result = await run("render", "--catalog", "bomb.yaml", "large.yaml", "none.yaml");
    expectRefusal(result, folder);
    for (const text of ["bomb.yaml", "has 104857600 bytes", "does not exist"])
      expect(result.stderr, text).toContain(text);
  });

  it("a filter that names nothing, with the name that was probably meant", async () => {
    const { folder, run } = place();
    const result = await run("render", "--team", "bakend");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("example: --team backend");
    expect((await run("list", "--component", "tenancyy")).stderr).toContain("example: --component tenancy");
  });

  it("an output folder that is none", async () => {
    const { folder, run } = place();
    for (const out of ["/", ""]) {
      const result = await run("render", "--out", out);
      expectRefusal(result, folder);
      expect(result.stderr).toContain("It needs a folder of its own");
    }
  });

  it("an option that does not exist", async () => {
    const { folder, run } = place();
    const result = await run("render", "--chek");
    expectRefusal(result, folder);
    expect(result.stderr).toContain("Did you mean --check?");
  });
});

describe.concurrent("validate", () => {
  it("says what it needs when it has no schemas, or no kubeconform", async () => {
    const { write, run } = place();
    const without = await run("validate");
    expect(without).toMatchObject({ exitCode: 3 });
    expect(without.stderr).toContain("there are no schemas to judge by");
    write("crds/none.yaml", "");
    const missing = await run("validate", "--crds", "crds", "--kubeconform", "bin/none");
    expect(missing).toMatchObject({ exitCode: 3 });
    expect(missing.stderr).toContain("bin/none");
  });
});

describe.concurrent("help", () => {
  it("teaches: examples and exit codes", async () => {
    const { run } = place();
    const { exitCode, stdout } = await run("--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("gitops-render render --check");
    expect(stdout).toContain("Exit codes:");
  });
});
