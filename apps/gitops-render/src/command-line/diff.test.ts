import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { application, type Files, networkPolicy, policyPath } from "../reports/report.fixture.ts";
import { noFilter } from "../reports/report-filter.ts";
import { nodeFileSystem } from "../writing/file-system.ts";
import { type DiffOptions, diff } from "./diff.ts";
import { runProgram } from "./program.ts";
import type { Terminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "plinth-diff-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (files: Files): void => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
};
const below = (root: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));
const git = (...parameters: readonly string[]): string =>
  spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...parameters], {
    cwd: folder,
    encoding: "utf8",
  }).stdout;

const namespace = (team: string): Files => ({
  [`foundation/base/tenancy/namespace-team-${team}.yaml`]: `apiVersion: v1\nkind: Namespace\nmetadata: { name: team-${team} }\n`,
});
const tree = (port: number): Files => ({
  ...application("production", false),
  ...namespace("backend"),
  [policyPath("production", "cart")]: networkPolicy("cart", port),
});
const volumeFile = "application/production/backend/cart/persistentvolumeclaim-cart.yaml";
const volume: Files = {
  [volumeFile]:
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: cart, namespace: team-backend }\nspec: { resources: { requests: { storage: 1Gi } } }\n",
};

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const collected = async (run: (terminal: Terminal) => Promise<number>): Promise<Run> => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run({
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    interactive: false,
    progress: () => undefined,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
};
const run = (options: Partial<DiffOptions> = {}): Promise<Run> =>
  collected((terminal) =>
    diff(
      {
        model: false,
        format: "terminal",
        failOn: "none",
        filter: noFilter,
        formatting: { folder: "rendered" },
        look: {},
        platform: join(folder, "platform"),
        catalogs: [],
        objectives: [],
        out: "rendered",
        root: folder,
        checkTypes: false,
        today: "2026-11-22",
        ...options,
      },
      terminal,
      nodeFileSystem,
    ),
  );
const before = join(folder, "before");
const after = join(folder, "after");

beforeAll(() => {
  write(below("before", { ...tree(8080), ...volume }));
  write(below("after", tree(8081)));
  write(below("rendered", tree(8080)));
  git("init", "-q", "-b", "main");
  git("add", "rendered");
  git("commit", "-q", "-m", "one");
  git("checkout", "-q", "-b", "work");
  write(below("rendered", tree(8081)));
  git("commit", "-q", "-am", "two");
  git("checkout", "-q", "main");
  write(below("rendered", { ...tree(8080), ...volume }));
  git("add", "rendered");
  git("commit", "-q", "-m", "three");
  git("checkout", "-q", "work");
});

describe("diff", () => {
  it("of two folders says what changes, and what no rule speaks of", async () => {
    const { code, out, err } = await run({ before, after });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("critical");
    expect(out).toContain("PersistentVolumeClaim cart in team-backend");
    expect(out).toMatch(/1 object removed, 1 changed|2 objects|1 removed, 1 changed/);
  });

  it("of a folder and itself says that nothing changes", async () => {
    expect(await run({ before, after: before })).toEqual({
      code: 0,
      err: "",
      out: `${before} and ${before} say the same: nothing changes.`,
    });
  });

  it("of two revisions compares what they have in the output folder", async () => {
    const { code, out } = await run({ before: "main", after: "work" });
    expect(code).toBe(0);
    expect(out).toContain("main → work");
    expect(out).toContain("PersistentVolumeClaim");
  });

  it("with --base compares with where the branch left it, not with what came there since", async () => {
    const { out } = await run({ base: "main", after: join(folder, "rendered") });
    expect(out).toContain("main → ");
    expect(out).toContain("1 object changed");
    expect(out).not.toContain("PersistentVolumeClaim");
  });

  it.each([
    ["critical", 1],
    ["high", 1],
    ["none", 0],
  ] as const)("--fail-on %s ends with %i where data is lost in production", async (failOn, code) =>
    expect((await run({ before, after, failOn })).code).toBe(code),
  );

  it("fails for what was asked for, shown or not", async () => {
    const asked = { before, after, failOn: "critical" } as const;
    expect((await run({ ...asked, filter: { ...noFilter, teams: ["data"] } })).code).toBe(0);
    expect((await run({ ...asked, filter: { ...noFilter, domains: ["data"] } })).code).toBe(1);
    expect((await run({ ...asked, failOn: "low", filter: { ...noFilter, risk: "critical" } })).code).toBe(1);
  });

  it("does not pass where a file could not be compared, and says which", async () => {
    const broken = join(folder, "broken");
    write(below("broken", { ...tree(8080), [policyPath("production", "quote")]: "a: [\n" }));
    const changed = await run({ before, after: broken, failOn: "critical" });
    expect(changed).toMatchObject({ code: 2 });
    expect(changed.err).toContain("networkpolicy-quote-ingress.yaml");
    expect((await run({ before, after: broken })).code).toBe(0);
  });

  it("refuses a side that is not there, in the format that was asked for", async () => {
    const missing = await run({ before: "no-such-branch", after });
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toContain("there is no revision no-such-branch");
    const json = await run({ before: "no-such-branch", after, format: "json" });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, findings: [{ code: "tree-not-found" }] });
  });

  it("refuses an environment that neither side has, and options that contradict each other", async () => {
    const { code, err } = await run({ before, after, filter: { ...noFilter, environments: ["prodution"] } });
    expect(code).toBe(2);
    expect(err).toContain("--environment production");
    expect((await run({ before, base: "main" })).code).toBe(2);
    expect((await run({ before, after, model: true })).code).toBe(2);
  });

  it("without a platform cannot compare with the model", async () =>
    expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining("there is no platform") }));
});

describe("a report that is written", () => {
  it("goes to a file, or into a folder under a name of its own", async () => {
    const output = join(folder, "reports/diff.sarif");
    const { err } = await run({ before, after, format: "sarif", output });
    expect(err).toBe(`  wrote ${output}`);
    expect(JSON.parse(readFileSync(output, "utf8"))).toMatchObject({ version: "2.1.0" });
    await run({ before, after, format: "markdown", output: join(folder, "comments/") });
    expect(readdirSync(join(folder, "comments"))).toEqual(["diff-1.md"]);
  });

  it("in several comments goes to several files", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, place) => [
        `application/production/backend/cart/configmap-x${place}.yaml`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x${place}, namespace: team-backend }\ndata: { text: "${String(place).repeat(400)}" }\n`,
      ]),
    );
    write(below("many-before", many));
    write(
      below(
        "many",
        Object.fromEntries(
          Object.entries(many).map(([path, text]) => [
            path,
            text.replace("data: { text: ", "data: { text: other ").replace(/other "(\d+)"/, '"other $1"'),
          ]),
        ),
      ),
    );
    await run({
      before: join(folder, "many-before"),
      after: join(folder, "many"),
      format: "markdown",
      output: join(folder, "split/diff.md"),
      formatting: { limit: 16_384 },
    });
    expect(readdirSync(join(folder, "split")).toSorted().slice(0, 2)).toEqual(["diff-2.md", "diff-3.md"]);
    expect(readdirSync(join(folder, "split"))).toContain("diff.md");
  });

  it("to a place that cannot be written is refused", async () => {
    const { code, err } = await run({ before, after, output: join(before, volumeFile, "x.txt") });
    expect(code).toBe(3);
    expect(err).toContain("cannot be written");
  });
});

describe("the options of diff", () => {
  const typed = (...parameters: readonly string[]): Promise<Run> =>
    collected((terminal) => runProgram(["diff", ...parameters], folder, terminal));

  it("are told by --help, with what the exit codes mean", async () => {
    expect((await typed("--help")).out).toContain("--fail-on <risk>");
    expect((await collected((terminal) => runProgram(["--help"], folder, terminal))).out).toContain(
      "diff --fail-on: a consequence has that risk, or a worse one",
    );
  });

  it.each([
    [["--format", "html"], "Allowed choices are terminal, markdown, json, sarif, junit"],
    [["--fail-on", "bad"], "Allowed choices are critical, high, medium, low, none"],
    [["--domain", "nothing"], "It is one of data, permissions"],
    [["--comment-limit", "10"], "at least 16384"],
    [["--link", "javascript:alert(1)"], "It is an address"],
  ])("are checked: %j", async (parameters, message) => {
    const { code, err } = await typed(before, after, ...parameters);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("are taken together", async () => {
    const { code, out } = await typed(
      before,
      after,
      "--format",
      "json",
      "--domain",
      "data",
      "--fail-on",
      "high",
      "-e",
      "production",
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ hidden: { filters: ["--environment production", "--domain data"] } });
  });
});
