import {
  bucketsOf,
  divide,
  histogramQuantile,
  matching,
  metric,
  rate,
  select,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { annotation } from "../model/annotation.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { dashboardLink, tracesLink } from "../model/link.ts";
import { stat, timeseries } from "../model/panel.ts";
import { heatmap } from "../model/panel-heatmap.ts";
import { barGauge } from "../model/panel-league.ts";
import { stateTimeline } from "../model/panel-state-timeline.ts";
import { column, table } from "../model/panel-table.ts";
import { logs, serviceMap, traces } from "../model/panel-telemetry.ts";
import { alertList, text } from "../model/panel-words.ts";
import { logQuery, query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import { choice, dataSource, labelVariable } from "../model/variable.ts";

/** A dashboard with a panel of each kind that follows every rule, without a single exclusion. */
export const everyKindDashboard: Dashboard = everyKind();

/** Its JSON. */
export const modelDashboard: string = dashboardJson(everyKindDashboard);

function everyKind(): Dashboard {
  const chosen = { job: matching("$job"), instance: matching("$instance") };
  const calls = rate(select(spanMetrics.calls, chosen), "$__rate_interval");
  const failed = rate(select(spanMetrics.calls, { ...chosen, status_code: "STATUS_CODE_ERROR" }), "$__rate_interval");
  const buckets = sum(rate(select(bucketsOf(spanMetrics.duration), chosen), "$__rate_interval"), { by: ["le"] });
  const up = select(metric("up"), chosen);
  const panels = [
    timeseries("Spans", sum(calls), { unit: "ops", description: "How many spans end in a second." }),
    timeseries("Latency", [query("p95", histogramQuantile(0.95, buckets), { exemplars: true })], {
      unit: "s",
      description: "How long they take.",
    }),
    timeseries("Failed", divide(sum(failed), sum(calls)), {
      unit: "percentunit",
      description: "Share of the spans that end in an error.",
      thresholds: badAbove({ warning: 0.01, bad: 0.1 }),
    }),
    stat("Now", sum(calls), { unit: "ops", description: "How many spans end now." }),
    barGauge("Loudest", sum(calls, { by: ["service_name"] }), { unit: "ops", description: "Who makes the spans." }),
    table(
      "Services",
      [query("calls", sum(calls, { by: ["service_name"] })), query("failed", sum(failed, { by: ["service_name"] }))],
      {
        unit: "ops",
        description: "Each service, the busiest first.",
        columns: [
          column(
            "Service",
            { label: "service_name" },
            {
              link: dashboardLink("Service", "service-${__value.text}", { description: "Its dashboard." }),
            },
          ),
          column("Calls", { query: "calls" }),
          column("Failed calls", { query: "failed" }, { thresholds: badAbove({ bad: 1 }) }),
        ],
        sortBy: "Calls",
      },
    ),
    heatmap("Spread", buckets, { unit: "s", description: "How their durations are spread." }),
    stateTimeline("Targets", up, {
      description: "Whether each can be scraped.",
      states: [
        { value: 1, text: "up", state: "good" },
        { value: 0, text: "down", state: "bad" },
      ],
    }),
    timeseries("Log lines", [logQuery("A", 'sum(rate({service_name="checkout"} |= "error" [$__auto]))')], {
      unit: "cps",
      description: "Lines per second.",
    }),
    logs("Lines", '{service_name="checkout"} | severity_text="ERROR"', { description: "What went wrong." }),
    traces("Failed traces", "{ status = error }", { description: "Newest first." }),
    serviceMap("Neighbours", { service: "checkout", description: "Who calls checkout." }),
    alertList("Alerts", '{team="backend"}', { description: "What fires." }),
    text("Reading", "Each line is one service, and $quantile is the slow one.", { description: "How to read it." }),
  ];
  return {
    uid: "model",
    title: "Model",
    description: "Follows every rule.",
    tags: ["example"],
    timeRange: "1h",
    refresh: "1m",
    dataSources: [dataSource("prometheus"), dataSource("loki"), dataSource("tempo")],
    links: [tracesLink("Traces", "{ }", { description: "Every trace." })],
    annotations: [annotation("Down", up, { description: "A target is up.", text: "{{instance}}", state: "good" })],
    rows: [
      row("Spans", panels, {
        variables: [
          labelVariable("Job", "up", "job", { description: "Scrape jobs." }),
          labelVariable("Instance", 'up{job=~"$job"}', "instance", { description: "Instances." }),
          choice("Quantile", ["0.95", "0.99"], { description: "How slow." }),
        ],
      }),
    ],
    exclusions: [],
  };
}

/** Where its panels stand. */
export const modelPanels = {
  row: "panels[0]",
  spans: "panels[1]",
  latency: "panels[2]",
  failed: "panels[3]",
  now: "panels[4]",
  loudest: "panels[5]",
  services: "panels[6]",
  spread: "panels[7]",
  targets: "panels[8]",
  logLines: "panels[9]",
  lines: "panels[10]",
  failedTraces: "panels[11]",
  neighbours: "panels[12]",
  alerts: "panels[13]",
  reading: "panels[14]",
} as const;
