import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const metrics = `import { defineMetric } from "@plinth/metrics";
export const points = defineMetric({ name: "loyalty_points_total", type: "counter", unit: "count", labels: [], help: "Points." });
export default [points];
`;
/** A module of dashboards of the service that slo.ts describes. */
const dashboards = (exported: string): string =>
  `import { customDashboard, redRow, runtimeRow, row, serviceDashboard, sloRow, timeseries } from "@plinth/dashboards";
import { rate } from "@plinth/metrics";
import { points } from "./metrics.ts";
import loyalty from "./slo.ts";
const said = { unit: "ops", description: "Points booked per second." };
const booked = timeseries("Booked points", rate(points, "$__rate_interval"), said);

export default ${exported};
`;
const tenLines = 'serviceDashboard(loyalty, [redRow(), sloRow(), row("Bookings", [booked])])';
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

  it("writes dashboards beside the promises, with metrics of the service's own, and says nothing against either", async () => {
    const { folder, run } = place({ "slo.ts": loyalty, "metrics.ts": metrics, "dashboards.ts": dashboards(tenLines) });
    const first = await run("service", "--namespace", "team-backend");
    expect(first.stderr).toBe("");
    expect(first.stdout).toContain("Service / loyalty: 12 panels in 3 rows");
    expect(filesIn(join(folder, "k8s"))).toContain("loyalty/configmap-grafana-dashboard-service-loyalty.yaml");
    const map = readFileSync(join(folder, "k8s/loyalty/configmap-grafana-dashboard-service-loyalty.yaml"), "utf8");
    expect(map).toContain("from dashboards.ts");
    expect(map).toContain("namespace: team-backend");
    expect(map).toContain("grafana_folder: backend");
    expect((await run("service", "--check", "--namespace", "team-backend")).exitCode).toBe(0);
    // Promises alone leave dashboards alone; without the module the dashboard goes.
    expect((await run("service", "slo.ts", "--namespace", "team-backend")).stdout).toContain("0 removed");
    rmSync(join(folder, "dashboards.ts"));
    expect((await run("service", "--namespace", "team-backend")).stdout).toContain("1 removed");
  });

  it("writes dashboards for grafana-operator on demand, and several of one module", async () => {
    const own =
      'customDashboard("bookings", "Bookings", [row("Bookings", [booked])], { description: "What is booked." })';
    const { folder, run } = place({
      "slo.ts": loyalty,
      "metrics.ts": metrics,
      "dashboards.ts": dashboards(`[${tenLines}, ${own}]`),
    });
    const { exitCode, stderr } = await run("service", "--dashboards", "grafana-dashboard");
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(filesIn(join(folder, "k8s/loyalty")).filter((file) => file.startsWith("grafanadashboard"))).toEqual([
      "grafanadashboard-bookings.yaml",
      "grafanadashboard-service-loyalty.yaml",
    ]);
    expect(readFileSync(join(folder, "k8s/loyalty/grafanadashboard-bookings.yaml"), "utf8")).not.toContain(
      "namespace:",
    );
  });

  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ["nothing there", {}, [], /there is no file that describes a service/],
    ["a file that is not there", {}, ["other.ts"], /does not exist\n\s+at other\.ts/],
    ["no default export", { "slo.ts": "export const a = 1;\n" }, [], /the module has no default export/],
    [
      "another default export",
      { "slo.ts": "export default 12;\n" },
      [],
      /the default export is not a service, a dashboard or a metric/,
    ],
    ["a module that throws", { "slo.ts": 'throw new Error("no");\n' }, [], /the module throws: no\n\s+at slo\.ts:1/],
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
    [
      "two dashboards of one uid, and a row that has nothing to show, each with its line",
      {
        "slo.ts": loyalty,
        "metrics.ts": metrics,
        "dashboards.ts": dashboards(`[${tenLines}, serviceDashboard(loyalty, [redRow(), runtimeRow()])]`),
      },
      [],
      /! the row "Runtime" of loyalty shows nothing.*\n\s+at dashboards\.ts:8:\d+ {2}\[1\]\.rows\[1\][\s\S]*✖ has the uid "service-loyalty"/,
    ],
    [
      "something in a list that is no dashboard",
      { "dashboards.ts": 'export default [{ uid: "a", rows: [] }];\n' },
      [],
      /is not a service, a dashboard or a metric: entry 0/,
    ],
    ["a label that is none", { "slo.ts": loyalty }, ["--rule-label", "release"], /It is a label such as release=/],
  ])("refuses %s, with the place and what is expected", async (_, files, parameters, expected) => {
    const { folder, run } = place(files);
    const result = await run("service", ...parameters);
    expectRefusal(result, folder);
    expect(result.stderr).toMatch(expected);
  });
});
