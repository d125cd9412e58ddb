import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Run, type Workplace, workplace } from "./command-line.fixture.ts";

const workplaces: Workplace[] = [];
const place = (files: Readonly<Record<string, string>>): Workplace => {
  const made = workplace(files);
  workplaces.push(made);
  return made;
};
afterAll(() => {
  for (const made of workplaces) made.remove();
});

const definition = (promises: string, name = "loyalty"): string =>
  `import { availability, defineService, events, latency } from "@plinth/slo";
export default defineService({ name: "${name}", team: "backend", promises: [${promises}] });
`;
const loyalty = definition('availability(99.5), latency({ percentile: 99, below: "300ms" })');
const sloth = `version: prometheus/v1
service: loyalty
labels: { team: backend }
slos:
  - name: availability
    objective: 99.5
    sli:
      events:
        error_query: sum(rate(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"}[{{.window}}]))
        total_query: sum(rate(traces_span_metrics_calls_total[{{.window}}]))
    alerting: { name: LoyaltyErrors }
`;
const filesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => /\.\w+$/.test(path))
        .sort()
    : [];
const expectRefusal = (run: Run, folder: string): void => {
  expect(run.exitCode).toBe(2);
  expect(run.stderr).not.toMatch(/^\s+at .*(node:internal|service\.ts:\d+:\d+)/m);
  expect(filesIn(join(folder, "k8s"))).toEqual([]);
};

describe.concurrent("gitops-render service", () => {
  it("writes what a service promises, says what it means, and does nothing a second time", async () => {
    const { folder, run } = place({ "slo.ts": loyalty });
    const first = await run("service", "--namespace", "team-backend", "--rule-label", "release=stack");
    expect(first.stderr).toBe("");
    expect(first.stdout).toContain("loyalty / availability 99.5 % over 30 days: 3 h 36 min of full outage");
    expect(first.stdout).toContain("k8s/ is up to date: 3 written");
    expect(filesIn(join(folder, "k8s"))).toEqual([
      "index.json",
      "loyalty/prometheusrule-loyalty-slo.yaml",
      "loyalty/prometheusservicelevel-loyalty-slo.yaml",
    ]);
    const rule = readFileSync(join(folder, "k8s/loyalty/prometheusrule-loyalty-slo.yaml"), "utf8");
    expect(rule).toContain("from slo.ts");
    expect(rule).toContain("namespace: team-backend");
    expect(rule).toContain("release: stack");
    expect((await run("service", "--namespace", "team-backend", "--rule-label", "release=stack")).stdout).toContain(
      "0 written, 3 unchanged",
    );
  });

  it("says when the folder is out of date, and which file", async () => {
    const { folder, run, write } = place({ "slo.ts": loyalty });
    await run("service", "slo.ts");
    expect((await run("service", "--check")).exitCode).toBe(0);
    write("slo.ts", definition("availability(99)"));
    const changed = await run("service", "--check");
    expect(changed.exitCode).toBe(1);
    expect(changed.stderr).toContain("loyalty/prometheusrule-loyalty-slo.yaml");
    expect(changed.stderr).toContain("Run `gitops-render service slo.ts`");
    writeFileSync(join(folder, "k8s/loyalty/prometheusrule-loyalty-slo.yaml"), "by: hand\n");
    expect((await run("service")).exitCode).toBe(2);
  });

  it("leaves alone what it wrote for another service", async () => {
    const { folder, run, write } = place({ "slo.ts": loyalty });
    await run("service");
    write("mailer.ts", definition("availability(99)", "mailer"));
    await run("service", "mailer.ts");
    expect(filesIn(join(folder, "k8s")).filter((path) => path.endsWith(".yaml"))).toHaveLength(4);
    write("slo.ts", definition("availability(99.5)"));
    expect((await run("service")).stdout).toContain("0 removed");
  });

  it("reads what Sloth reads, and writes OpenSLO on demand", async () => {
    const { folder, run } = place({ "slo.yaml": sloth });
    const { exitCode, stderr, stdout } = await run("service", "--openslo", "--json");
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, meanings: [{ service: "loyalty", name: "availability" }] });
    expect(readFileSync(join(folder, "k8s/openslo/loyalty.yaml"), "utf8")).toContain("apiVersion: openslo/v1");
  });

  it("in Sloth's mode makes Sloth's rules and no others", async () => {
    const { folder, run } = place({ "slo.ts": loyalty });
    await run("service", "--sloth");
    const rule = readFileSync(join(folder, "k8s/loyalty/prometheusrule-loyalty-slo.yaml"), "utf8");
    const groups = [...rule.matchAll(/^ {4}- name: (.*)$/gm)].map(([, name]) => name);
    expect(groups.length).toBeGreaterThan(0);
    expect(groups.every((name) => name?.startsWith("sloth-slo-"))).toBe(true);
  });

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ["nothing there", {}, [], /there is no file that describes a service/],
    ["a file that is not there", {}, ["other.ts"], /does not exist\n\s+at other\.ts/],
    ["no default export", { "slo.ts": "export const a = 1;\n" }, [], /the module has no default export/],
    ["another default export", { "slo.ts": "export default 12;\n" }, [], /the default export is not a service/],
    ["a module that throws", { "slo.ts": 'throw new Error("no");\n' }, [], /the service throws: no\n\s+at slo\.ts:1/],
    ["a module that does not parse", { "slo.ts": "export default {;\n" }, [], /at slo\.ts/],
    ["no promise", { "slo.ts": definition("") }, [], /is empty: the service promises nothing/],
    [
      "an objective of 100",
      { "slo.ts": definition("availability(100)") },
      [],
      /loyalty\.promises.*objective|objective.*100/s,
    ],
    [
      "PromQL that does not parse",
      {
        "slo.ts": definition(
          'events("a", { objective: 99, bad: "sum(rate(a[{{.window}}])", total: "sum(rate(b[{{.window}}]))" })',
        ),
      },
      [],
      /line 1, column/,
    ],
    [
      "YAML that nobody owns",
      { "slo.yaml": sloth.replace("labels: { team: backend }\n", "") },
      [],
      /nobody owns "loyalty"/,
    ],
    ["YAML that Sloth refuses", { "slo.yaml": sloth.replace("99.5", "101") }, [], /slos\[0\]\.objective/],
    ["a label that is none", { "slo.ts": loyalty }, ["--rule-label", "release"], /It is a label such as release=/],
  ])("refuses %s, with the place and what is expected", async (_, files, parameters, expected) => {
    const { folder, run } = place(files);
    const result = await run("service", ...parameters);
    expectRefusal(result, folder);
    expect(result.stderr).toMatch(expected);
  });
});
