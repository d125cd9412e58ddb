import { bucketsOf, histogramQuantile, matching, rate, select, spanMetrics, sum } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { tracesLink } from "../model/link.ts";
import { query, stat, timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { dataSource, labelVariable } from "../model/variable.ts";
import { type Change, changed, drop, push, replace, set } from "./json-change.fixture.ts";
import { lintDashboard } from "./lint-dashboard.ts";
import type { LintRuleName } from "./lint-rule.ts";
import { lintRuleDescriptions } from "./lint-rules.ts";

const loki = { type: "loki", uid: "${loki_datasource}" };
const logPanel = {
  id: 7,
  type: "timeseries",
  title: "Log lines",
  description: "Lines per second.",
  datasource: loki,
  gridPos: { x: 0, y: 20, w: 24, h: 8 },
  fieldConfig: { defaults: { unit: "cps" }, overrides: [] },
  targets: [{ refId: "A", datasource: loki, expr: 'sum(rate({service_name="checkout"} |= "error" [$__auto]))' }],
};

/** A dashboard that follows every rule, without a single exclusion: a row, two time series, a number, and a panel of log lines. */
function modelDashboard(): string {
  const chosen = { job: matching("$job"), instance: matching("$instance") };
  const calls = rate(select(spanMetrics.calls, chosen), "$__rate_interval");
  const buckets = rate(select(bucketsOf(spanMetrics.duration), chosen), "$__rate_interval");
  const p95 = query("p95", histogramQuantile(0.95, sum(buckets, { by: ["le"] })), { exemplars: true });
  const panels = [
    timeseries("Spans", sum(calls), { unit: "ops", description: "Spans per second." }),
    timeseries("Latency", [p95], { unit: "s", description: "How long they take." }),
    stat("Now", sum(calls), { unit: "ops", description: "Spans per second." }),
  ];
  const variables = [
    labelVariable("Job", "up", "job", { description: "Scrape jobs." }),
    labelVariable("Instance", 'up{job=~"$job"}', "instance", { description: "Instances." }),
  ];
  const text = dashboardJson({
    uid: "model",
    title: "Model",
    description: "Follows every rule.",
    tags: ["example"],
    timeRange: "1h",
    refresh: "1m",
    dataSources: [dataSource("prometheus"), dataSource("loki"), dataSource("tempo")],
    links: [tracesLink("Traces", "{ }", { description: "Every trace." })],
    rows: [row("Spans", panels, { variables })],
    exclusions: [],
  });
  return changed(text, push("panels", logPanel));
}

const spans = "panels[1]";
const spansExpr = `${spans}.targets[0].expr`;
const latency = "panels[2]";
const now = "panels[3]";
const logsExpr = "panels[4].targets[0].expr";
const lokiVariable = "templating.list[1]";
const job = "templating.list[3]";
const instance = "templating.list[4]";
const narrowed = 'job=~"$job",instance=~"$instance"';

/** Ways to break each rule, and only that one. */
const breaches: Readonly<Record<LintRuleName, readonly Change[]>> = {
  "uneditable-dashboard": [set("editable", true), drop("editable")],
  "dashboard-uid": [drop("uid"), set("uid", "a/b"), set("uid", "a".repeat(41))],
  "dashboard-title-description": [set("title", " "), drop("description")],
  "dashboard-schema": [set("schemaVersion", 43), drop("schemaVersion"), set("elements", {})],
  "dashboard-size": [set("description", "a".repeat(1_000_000))],
  "template-datasource": [set(`${lokiVariable}.label`, "DS"), replace("loki_datasource", "ds")],
  "template-job": [set(`${job}.allValue`, ".*"), set(`${job}.multi`, false), set(`${job}.label`, "job")],
  "template-instance": [set(`${instance}.datasource.uid`, "abc"), set(`${instance}.label`, "Pod")],
  "template-label-promql": [
    set(`${instance}.query`, 'label_values(up{job=~"$job", instance)'),
    set(`${instance}.query`, 'values(up{job=~"$job"}, instance)'),
    set(`${instance}.query`, "$job"),
  ],
  "template-on-time-change-reload": [set(`${job}.refresh`, 1)],
  "panel-datasource": [
    set(`${spans}.datasource.uid`, "P1234"),
    set(`${spans}.datasource`, "Prometheus"),
    drop(`${now}.datasource.uid`),
  ],
  "panel-title-description": [set(`${spans}.title`, ""), drop(`${now}.description`)],
  "panel-units": [drop(`${spans}.fieldConfig.defaults.unit`), set(`${now}.fieldConfig.defaults.unit`, "requests")],
  "panel-no-targets": [drop(`${now}.targets`), set(`${now}.targets`, [])],
  "panel-id": [set(`${spans}.id`, 7), set("panels[0].id", 0), drop(`${spans}.id`)],
  "panel-grid": [
    set(`${spans}.gridPos.x`, 20),
    set(`${latency}.gridPos.x`, 1),
    set(`${now}.gridPos.h`, 0),
    drop(`${spans}.gridPos`),
  ],
  "panel-latency-exemplars": [set(`${latency}.targets[0].exemplar`, false)],
  "target-promql": [
    set(spansExpr, "sum(rate("),
    set(spansExpr, ""),
    set(spansExpr, `rate(up{${narrowed}}[$__rate_interval])`),
    drop(spansExpr),
  ],
  "target-metrics": [
    set(spansExpr, `unheard_of{${narrowed}}`),
    set(spansExpr, `up{${narrowed},colour="red"}`),
    set(`${instance}.query`, 'label_values(unheard_of{job=~"$job"}, instance)'),
  ],
  "target-logql": [
    set(logsExpr, 'sum(rate({service_name="checkout"} [$__auto])'),
    set(logsExpr, 'sum(rate({service_name="checkout} [$__auto]))'),
    set(logsExpr, 'sum(rate({service_name="checkout"] [$__auto]))'),
    set(logsExpr, "sum(rate({} [$__auto]))"),
  ],
  "target-logql-auto": [set(logsExpr, 'sum(rate({service_name="checkout"}[5m]))')],
  "target-rate-interval": [set(spansExpr, `rate(traces_span_metrics_calls_total{${narrowed}}[5m])`)],
  "target-job": [set(spansExpr, 'up{job="a",instance=~"$instance"}'), set(spansExpr, 'up{instance=~"$instance"}')],
  "target-instance": [set(spansExpr, 'up{job=~"$job"}'), set(spansExpr, 'up{job=~"$job",instance=~"$job"}')],
  "target-counter-agg": [
    set(spansExpr, `traces_span_metrics_calls_total{${narrowed}}`),
    set(spansExpr, `max_over_time(traces_span_metrics_calls_total{${narrowed}}[$__range])`),
  ],
  "target-ref-id": [push(`${spans}.targets`, { refId: "A", expr: `up{${narrowed}}` }), drop(`${now}.targets[0].refId`)],
  "target-datasource": [set(`${spans}.targets[0].datasource.uid`, "P1234")],
  "variable-defined": [
    set(`${spans}.title`, "Spans of $service"),
    push("templating.list", { name: "job", type: "custom" }),
  ],
  "variable-used": [drop("links")],
  "link-address": [
    replace('"/explore', '"http://grafana/explore'),
    set(`${spans}.links`, [{ title: "Elsewhere", url: "//example.com" }]),
    push("links", { type: "dashboards", title: "All", tags: [] }),
  ],
};

function rulesBroken(text: string): string[] {
  const names = lintDashboard(text).map(({ message }) => /\(([a-z-]+)\)$/.exec(message)?.[1] ?? message);
  return [...new Set(names)];
}

describe("a dashboard that follows every rule", () => {
  it("has no findings", () => expect(lintDashboard(modelDashboard())).toEqual([]));
});

describe.each(lintRuleDescriptions)("the rule $name", ({ name }) => {
  it.each(breaches[name].map((breach) => [breach.description, breach] as const))(
    "catches %s, and no other rule does",
    (_, breach) => expect(rulesBroken(changed(modelDashboard(), breach))).toEqual([name]),
  );
});

describe("the rules", () => {
  it("are the 17 of dashboard-linter, and ours", () => {
    expect(lintRuleDescriptions.filter(({ origin }) => origin === "dashboard-linter")).toHaveLength(17);
    expect(lintRuleDescriptions.map(({ name }) => name).sort()).toEqual(Object.keys(breaches).sort());
  });

  it("read panels in a collapsed row, and in the rows of old dashboards", () => {
    const collapsed = set("panels[0].panels", [{ ...logPanel, id: 100, title: "" }]);
    const old = set("rows", [{ panels: [{ ...logPanel, id: 101, description: "" }] }]);
    expect(lintDashboard(changed(modelDashboard(), collapsed, old)).map(({ path }) => path)).toEqual([
      "rows[0].panels[0].description",
      "panels[0].panels[0].title",
    ]);
  });

  it("say the place, what was found and what is expected", () => {
    const text = changed(modelDashboard(), set(`${spans}.fieldConfig.defaults.unit`, "requests"));
    expect(lintDashboard(text)).toEqual([
      {
        code: "invalid-field",
        severity: "error",
        message: 'the panel "Spans" of "Model": has the unit "requests", which Grafana does not know (panel-units)',
        path: "panels[1].fieldConfig.defaults.unit",
        expected: "a unit of Grafana",
        example: '"reqps"',
        hint: "A panel has a unit that Grafana knows, unless it maps its values to texts.",
      },
    ]);
  });

  it.each(["", "[]", "null", "{"])("say so when %j is no dashboard at all", (text) =>
    expect(lintDashboard(text)).toEqual([
      expect.objectContaining({ code: "invalid-field", message: "the dashboard is not a JSON object" }),
    ]),
  );

  it.each([
    {},
    { panels: "none", templating: { list: [1, null] }, links: {} },
    { panels: [{ targets: [{}], gridPos: 1 }], rows: [null] },
  ])("take nothing for granted: %j", (json) => expect(lintDashboard(JSON.stringify(json)).length).toBeGreaterThan(0));
});

describe("an exclusion", () => {
  const text = changed(modelDashboard(), set(`${spans}.description`, ""));
  const rule = "panel-title-description";

  it("silences its rule for the dashboard, or for one panel", () => {
    expect(lintDashboard(text, { exclusions: [{ rule, because: "it is a test" }] })).toEqual([]);
    expect(lintDashboard(text, { exclusions: [{ rule, panel: "Spans", because: "it is a test" }] })).toEqual([]);
  });

  it("needs a reason", () =>
    expect(lintDashboard(text, { exclusions: [{ rule, because: " " }] })).toEqual([
      expect.objectContaining({
        path: "exclusions[0].because",
        message: "the exclusion of panel-title-description gives no reason",
      }),
    ]));

  it("that excludes nothing is a finding, for it would hide the next mistake", () => {
    const exclusions = [{ rule, panel: "Latency", because: "it is a test" }] as const;
    expect(lintDashboard(text, { exclusions }).map(({ message }) => message)).toEqual([
      'the panel "Spans" of "Model": has no description (panel-title-description)',
      "the exclusion of panel-title-description excludes nothing",
    ]);
  });
});
