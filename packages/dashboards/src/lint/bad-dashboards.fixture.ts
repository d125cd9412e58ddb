import { logsLink, tracesLink } from "../model/link.ts";
import { type Change, changed, drop, push, replace, set } from "./json-change.fixture.ts";
import type { LintRuleName } from "./lint-rule.ts";
import { modelPanels } from "./model-dashboard.fixture.ts";

const { row, spans, latency, failed, now, loudest, services, spread, targets, logLines, lines } = modelPanels;
const { failedTraces, neighbours, alerts, reading } = modelPanels;
const spansExpr = `${spans}.targets[0].expr`;
const logsExpr = `${logLines}.targets[0].expr`;
const tracesQuery = `${failedTraces}.targets[0].query`;
const marks = "annotations.list[0]";
const lokiVariable = "templating.list[1]";
const job = "templating.list[3]";
const instance = "templating.list[4]";
const narrowed = 'job=~"$job",instance=~"$instance"';
const calls = `sum(rate(traces_span_metrics_calls_total{${narrowed}}[$__rate_interval]))`;
const description = "d";

const questions = Array.from({ length: 101 }, (_, index) => ({
  refId: `Q${index}`,
  legendFormat: `question ${index}`,
  expr: calls,
}));

/** Deliberately bad dashboards: ways to break each rule, and only that one. */
export const badDashboards: Readonly<Record<LintRuleName, readonly Change[]>> = {
  "uneditable-dashboard": [set("editable", true), drop("editable")],
  "dashboard-uid": [drop("uid"), set("uid", "a/b"), set("uid", "a".repeat(41))],
  "dashboard-title-description": [set("title", " "), drop("description")],
  "dashboard-schema": [set("schemaVersion", 43), drop("schemaVersion"), set("elements", {})],
  "dashboard-size": [set("description", "a".repeat(1_000_000))],
  "dashboard-time": [
    drop("time"),
    set("time.from", "now+1h"),
    set("time.from", "yesterday"),
    set("time", { from: "2026-01-02", to: "2026-01-01" }),
  ],
  "dashboard-refresh": [set("refresh", "5s"), set("refresh", "often"), set("refresh", 60)],
  "dashboard-tags": [drop("tags"), set("tags", []), set("tags", ["a", "a"]), set("tags", [" "])],
  "dashboard-cost": [set(`${spans}.targets`, questions)],
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
  "panel-title-description": [set(`${spans}.title`, ""), drop(`${now}.description`), drop(`${alerts}.description`)],
  "panel-units": [
    drop(`${spans}.fieldConfig.defaults.unit`),
    set(`${now}.fieldConfig.defaults.unit`, "requests"),
    drop(`${services}.fieldConfig.defaults.unit`),
  ],
  "panel-no-targets": [drop(`${now}.targets`), set(`${now}.targets`, []), drop(`${lines}.targets`)],
  "panel-id": [set(`${row}.id`, 0), drop(`${spans}.id`), together(set(`${spans}.id`, 7), set(`${latency}.id`, 7))],
  "panel-grid": [
    set(`${spans}.gridPos.x`, 20),
    set(`${latency}.gridPos.x`, 1),
    set(`${now}.gridPos.h`, 0),
    drop(`${spans}.gridPos`),
  ],
  "panel-latency-exemplars": [
    set(`${latency}.targets[0].exemplar`, false),
    set(`${spread}.targets[0].exemplar`, false),
  ],
  "panel-text": [
    set(`${spans}.description`, "Spans."),
    // The words hold the only use of a variable.
    together(set(`${reading}.options.content`, " "), set(`${reading}.description`, "What $quantile is.")),
  ],
  "panel-unique-title": [set(`${latency}.title`, "Spans")],
  "panel-colours": [
    set(`${failed}.fieldConfig.defaults.thresholds.steps[1].color`, "#e02f44"),
    set(`${targets}.fieldConfig.defaults.mappings[0].options.0.color`, "purple"),
    set(`${targets}.fieldConfig.defaults.mappings[0].options.2`, { text: "up", color: "red" }),
    push(`${services}.fieldConfig.overrides[1].properties`, {
      id: "color",
      value: { mode: "fixed", fixedColor: "pink" },
    }),
    set(`${marks}.iconColor`, "rgba(0, 211, 255, 1)"),
  ],
  "panel-states": [
    set(`${targets}.fieldConfig.defaults.mappings`, []),
    drop(`${targets}.fieldConfig.defaults.mappings`),
  ],
  "panel-thresholds": [
    set(`${failed}.fieldConfig.defaults.thresholds.steps[1].value`, 0.5),
    set(`${failed}.fieldConfig.defaults.thresholds.steps[0].value`, 0),
    drop(`${failed}.fieldConfig.defaults.thresholds.steps[1].value`),
  ],
  "panel-least-value": [drop(`${failed}.fieldConfig.defaults.min`)],
  "panel-unit-fits": [
    set(`${spans}.fieldConfig.defaults.unit`, "bytes"),
    set(`${loudest}.fieldConfig.defaults.unit`, "s"),
    set(`${failed}.fieldConfig.defaults.unit`, "ops"),
  ],
  "panel-legend": [
    push(`${spans}.targets`, { refId: "B", expr: calls, legendFormat: "b" }),
    set(`${spans}.targets`, [
      { refId: "A", expr: calls, legendFormat: "a" },
      { refId: "B", expr: calls, legendFormat: "a" },
    ]),
    set(`${loudest}.targets[0].legendFormat`, "service"),
  ],
  "panel-columns": [
    set(`${services}.transformations[1].options.include.names[0]`, "servic_name"),
    set(`${services}.options.sortBy[0].displayName`, "Requests"),
    set(`${services}.fieldConfig.overrides[0].matcher.options`, "Team"),
    set(`${services}.targets[1].refId`, "errors"),
    set(`${services}.fieldConfig.overrides[0].properties[0].value[0].url`, "/d/service-${__data.fields.Team}"),
  ],
  "panel-alert-matchers": [
    set(`${alerts}.options.alertInstanceLabelFilter`, "team=backend"),
    set(`${alerts}.options.alertInstanceLabelFilter`, '{team="backend"'),
  ],
  "target-promql": [
    set(spansExpr, "sum(rate("),
    set(spansExpr, ""),
    set(spansExpr, `rate(up{${narrowed}}[$__rate_interval])`),
    drop(spansExpr),
    set(`${marks}.target.expr`, "sum(up"),
  ],
  "target-metrics": [
    set(spansExpr, `unheard_of{${narrowed}}`),
    withoutUnit(set(spansExpr, `up{${narrowed},colour="red"}`)),
    set(`${instance}.query`, 'label_values(unheard_of{job=~"$job"}, instance)'),
    set(`${instance}.query`, 'label_values(up{job=~"$job"}, instanse)'),
    set(`${marks}.target.expr`, "unheard_of"),
  ],
  "target-logql": [
    set(logsExpr, 'sum(rate({service_name="checkout"} [$__auto])'),
    set(logsExpr, 'sum(rate({service_name="checkout} [$__auto]))'),
    set(logsExpr, 'sum(rate({service_name="checkout"] [$__auto]))'),
    set(logsExpr, "sum(rate({} [$__auto]))"),
    set(logsExpr, 'sum(rate({service_name="checkout"}))'),
    set(`${lines}.targets[0].expr`, 'rate({service_name="checkout"} [$__auto])'),
    set(logsExpr, '{service_name="checkout"}'),
    set(`${lines}.targets[0].expr`, '{service_name=~".*"}'),
    set(`${lines}.targets[0].expr`, ""),
    set(marks, {
      name: "Deployed",
      datasource: { type: "loki", uid: "${loki_datasource}" },
      iconColor: "blue",
      target: { expr: "{" },
      textFormat: "x",
    }),
  ],
  "target-logql-labels": [set(`${lines}.targets[0].expr`, '{app="checkout"}')],
  "target-logql-auto": [set(logsExpr, 'sum(rate({service_name="checkout"}[5m]))')],
  "target-traceql": [
    set(tracesQuery, "{ status = }"),
    set(tracesQuery, '{ service.name = "checkout" }'),
    set(tracesQuery, '{ status = "error" }'),
    set(tracesQuery, ""),
  ],
  "target-service-map": [
    set(`${neighbours}.targets[0].serviceMapQuery`, "checkout"),
    set(`${neighbours}.targets[0].serviceMapQuery`, ['{callee="checkout"}']),
    set(`${neighbours}.targets[0].serviceMapQuery`, '{client="}'),
  ],
  "target-rate-interval": [set(spansExpr, `rate(traces_span_metrics_calls_total{${narrowed}}[5m])`)],
  "target-job": [
    withoutUnit(set(spansExpr, 'up{job="a",instance=~"$instance"}')),
    withoutUnit(set(spansExpr, 'up{instance=~"$instance"}')),
  ],
  "target-instance": [
    withoutUnit(set(spansExpr, 'up{job=~"$job"}')),
    withoutUnit(set(spansExpr, 'up{job=~"$job",instance=~"$job"}')),
  ],
  "target-counter-agg": [
    withoutUnit(set(spansExpr, `traces_span_metrics_calls_total{${narrowed}}`)),
    withoutUnit(set(spansExpr, `max_over_time(traces_span_metrics_calls_total{${narrowed}}[$__range])`)),
  ],
  "target-ref-id": [
    set(`${loudest}.targets`, [
      { refId: "A", expr: calls, legendFormat: "a" },
      { refId: "A", expr: calls, legendFormat: "b" },
    ]),
    drop(`${now}.targets[0].refId`),
  ],
  "target-datasource": [set(`${spans}.targets[0].datasource`, { type: "prometheus", uid: "P1234" })],
  "annotation-query": [
    drop(`${marks}.name`),
    set(`${marks}.datasource.uid`, "P1234"),
    drop(`${marks}.target`),
    set(`${marks}.textFormat`, ""),
    push("annotations.list", {
      name: "Down",
      datasource: { type: "prometheus", uid: "${prometheus_datasource}" },
      iconColor: "blue",
      target: { expr: "up" },
      textFormat: "x",
    }),
  ],
  "variable-defined": [
    set(`${spans}.title`, "Spans of $service"),
    push("templating.list", { name: "job", type: "custom" }),
    set(`${spans}.repeat`, "service"),
    set(`${reading}.options.content`, "$quantile of ${service:text}"),
    set(`${marks}.textFormat`, "{{pod}} of [[service]]"),
    set(`${services}.fieldConfig.overrides[0].properties[0].value[0].url`, "/d/service-cart?var-a=${service}"),
  ],
  "variable-used": [push("templating.list", { name: "service", type: "custom" })],
  "link-address": [
    replace('"/explore', '"http://grafana/explore'),
    set(`${spans}.links`, [{ title: "Elsewhere", url: "//example.com" }]),
    push("links", { type: "dashboards", title: "All", tags: [] }),
  ],
  "link-query": [
    push("links", tracesLink("Traces", "{ status = }", { description })),
    push("links", logsLink("Logs", '{service_name=~".*"}', { description })),
    push("links", { title: "Traces", url: "/explore?schemaVersion=1&panes=%7B%22a" }),
    set(`${spans}.links`, [logsLink("Logs", '{app="checkout"}', { description })]),
  ],
};

/** One change of several places. */
function together(...changes: readonly Change[]): Change {
  return {
    description: changes.map((change) => change.description).join(", "),
    apply: (text) => changed(text, ...changes),
  };
}

/** A change of what is measured, in a panel whose unit fits everything. */
function withoutUnit(change: Change): Change {
  return together(set(`${spans}.fieldConfig.defaults.unit`, "short"), change);
}
