import { metric, rate, spanMetrics } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { annotation } from "../model/annotation.ts";
import type { Dashboard, Row } from "../model/dashboard.ts";
import { dashboardLink, link, taggedDashboards } from "../model/link.ts";
import { stat, timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove, badBelow } from "../model/thresholds.ts";
import { choice, dataSource, labelVariable } from "../model/variable.ts";
import { dashboardJson } from "./dashboard-json.ts";

const pods = stat("Pods", metric("kube_pod_info"), { unit: "short", description: "d" });
const calls = timeseries("Calls", rate(spanMetrics.calls, "$__rate_interval"), { unit: "ops", description: "d" });

function dashboard(rows: readonly Row[], changes: Partial<Dashboard> = {}): Dashboard {
  return {
    uid: "mine",
    title: "Mine",
    description: "d",
    tags: ["a"],
    timeRange: "3h",
    refresh: "1m",
    dataSources: [dataSource("prometheus")],
    links: [],
    rows,
    exclusions: [],
    ...changes,
  };
}

/** What the tests read of Grafana's JSON. */
interface GrafanaJson {
  readonly links: readonly object[];
  readonly templating: { readonly list: readonly object[] };
  readonly panels: readonly GrafanaPanel[];
}

interface GrafanaPanel {
  readonly id: number;
  readonly title: string;
  readonly options: { readonly legend?: object };
  readonly fieldConfig: { readonly defaults: { readonly thresholds: { readonly steps: readonly object[] } } };
  readonly links: readonly { readonly url: string }[];
}

function json(rows: readonly Row[], changes: Partial<Dashboard> = {}): GrafanaJson {
  return JSON.parse(dashboardJson(dashboard(rows, changes)));
}

describe("a dashboard's JSON", () => {
  it("is classic, of schema version 42, and cannot be edited in the browser", () =>
    expect(json([row("Pods", [pods])])).toMatchObject({
      schemaVersion: 42,
      editable: false,
      uid: "mine",
      title: "Mine",
      refresh: "1m",
      time: { from: "now-3h", to: "now" },
      annotations: { list: [] },
      templating: { list: [{ name: "prometheus_datasource", type: "datasource", query: "prometheus" }] },
    }));

  it("is the same text each time, and a model can be used twice", () => {
    const shared = row("Pods", [pods, calls]);
    const text = dashboardJson(dashboard([shared]));
    // Grafana's builders hand out the object that they were given: a second use would carry the first one's place.
    dashboardJson(dashboard([row("Before", [calls, calls, calls]), shared]));
    expect(dashboardJson(dashboard([shared]))).toBe(text);
  });

  it("gives each row and panel a number that neighbours do not change", () => {
    const ids = (rows: readonly Row[]) => new Map(json(rows).panels.map(({ title, id }) => [title, id]));
    const before = ids([row("Pods", [pods])]);
    const after = ids([
      row("Traffic", [calls]),
      row("Pods", [timeseries("New", metric("kube_pod_info"), { unit: "short", description: "d" }), pods]),
    ]);
    expect(after.get("Pods")).toBe(before.get("Pods"));
    expect([...after.values()].every((id) => Number.isInteger(id) && Number(id) >= 1)).toBe(true);
  });

  it("lists panels beside their row, as Grafana reads a row that is open", () =>
    expect(json([row("Pods", [pods]), row("Traffic", [calls])]).panels).toMatchObject([
      { type: "row", title: "Pods", panels: [], gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      { type: "stat", title: "Pods", gridPos: { x: 0, y: 1, w: 6, h: 4 } },
      { type: "row", title: "Traffic", panels: [], gridPos: { x: 0, y: 5, w: 24, h: 1 } },
      { type: "timeseries", title: "Calls", gridPos: { x: 0, y: 6, w: 8, h: 8 } },
    ]));

  it("asks the chosen data source, by the query's own name", () => {
    const panel = timeseries(
      "Latency",
      [query("p95", metric("kube_pod_info"), { exemplars: true }), query("p99", metric("kube_pod_info"))],
      { unit: "s", description: "d" },
    );
    const datasource = { type: "prometheus", uid: "${prometheus_datasource}" };
    expect(json([row("R", [panel])]).panels[1]).toMatchObject({
      datasource,
      targets: [
        { refId: "p95", expr: "kube_pod_info", exemplar: true },
        { refId: "p99", expr: "kube_pod_info" },
      ],
    });
  });

  it("asks for one value where only the newest is shown", () =>
    expect(json([row("R", [pods])]).panels[1]).toMatchObject({
      targets: [{ instant: true }],
      options: { graphMode: "none" },
    }));

  it("leaves the legend of a time series to Grafana, which shows it as a list below", () =>
    expect(json([row("R", [calls])]).panels[1]?.options).toEqual({ tooltip: { mode: "multi", sort: "desc" } }));

  it("draws states in their colours, and nothing in red that nobody judged", () => {
    const steps = (thresholds?: ReturnType<typeof badAbove>) =>
      json([
        row("R", [
          stat("S", metric("kube_pod_info"), {
            unit: "short",
            description: "d",
            ...(thresholds === undefined ? {} : { thresholds }),
          }),
        ]),
      ]).panels[1]?.fieldConfig.defaults.thresholds.steps;
    expect(steps()).toEqual([{ value: null, color: "text" }]);
    expect(steps(badAbove({ warning: 1, bad: 14.4 }))).toEqual([
      { value: null, color: "green" },
      { value: 1, color: "orange" },
      { value: 14.4, color: "red" },
    ]);
    expect(steps(badBelow({ warning: 0.25, bad: 0 }))).toEqual([
      { value: null, color: "red" },
      { value: 0, color: "orange" },
      { value: 0.25, color: "green" },
    ]);
    expect(steps(badBelow({ bad: 1 }))).toEqual([
      { value: null, color: "red" },
      { value: 1, color: "green" },
    ]);
  });

  it("shows links at the top, and takes the time range along", () => {
    const links = [
      link("Runbooks", "https://git.example.com/runbooks", { description: "What to do." }),
      taggedDashboards("Team", ["team:a"], { description: "All." }),
    ];
    expect(json([], { links }).links).toMatchObject([
      { type: "link", title: "Runbooks", url: "https://git.example.com/runbooks", tooltip: "What to do." },
      { type: "dashboards", tags: ["team:a"], asDropdown: true, keepTime: true },
    ]);
    // The builders would hide each link in a menu.
    expect(json([], { links }).links.every((shown: object) => !("placement" in shown))).toBe(true);
  });

  it("takes the time range along from a panel's menu, too, where only the address counts", () => {
    const panel = { ...pods, links: [dashboardLink("cart", "service-cart", { description: "d" })] };
    expect(json([row("R", [panel])]).panels[1]?.links[0]?.url).toBe("/d/service-cart?${__url_time_range}");
  });

  it("defines a variable once, however many rows need it", () => {
    const variable = labelVariable("Operation", "traces_span_metrics_calls_total", "span_name", { description: "d" });
    const rows = [row("A", [calls], { variables: [variable] }), row("B", [calls], { variables: [variable] })];
    expect(json(rows).templating.list.slice(1)).toEqual([
      expect.objectContaining({
        name: "operation",
        label: "Operation",
        query: "label_values(traces_span_metrics_calls_total, span_name)",
        refresh: 2,
        multi: true,
        includeAll: true,
        allValue: ".+",
        current: { text: ["All"], value: ["$__all"] },
      }),
    ]);
  });
});

describe("marks on every panel", () => {
  it("ask the dashboard's data source, and have the colour of what they mean", () => {
    const annotations = [
      annotation("Deployed", metric("kube_pod_info"), { description: "d", text: "{{pod}}" }),
      annotation("Down", metric("up"), { description: "d", text: "{{job}}", state: "bad" }),
    ];
    expect(JSON.parse(dashboardJson(dashboard([], { annotations })))).toMatchObject({
      annotations: {
        list: [
          {
            name: "Deployed",
            enable: true,
            iconColor: "blue",
            datasource: { type: "prometheus", uid: "${prometheus_datasource}" },
            target: { refId: "Anno", expr: "kube_pod_info" },
            textFormat: "{{pod}}",
          },
          { name: "Down", iconColor: "red" },
        ],
      },
    });
  });
});

describe("what the reader chooses", () => {
  const variables = [
    choice("Quantile", [{ text: "p95", value: "0.95" }, "a,b"], { description: "d" }),
    labelVariable("Service", "up", "job", { description: "d", single: true }),
  ];
  const list = json([row("Pods", [pods], { variables })]).templating.list.slice(1);

  it("is one of a few texts, the first to begin with", () =>
    expect(list[0]).toMatchObject({
      type: "custom",
      name: "quantile",
      query: "p95 : 0.95, a\\,b",
      options: [
        { text: "p95", value: "0.95", selected: true },
        { text: "a,b", value: "a,b", selected: false },
      ],
      current: { text: "p95", value: "0.95" },
    }));

  it("is one value of a label, of which Grafana takes the first", () => {
    expect(list[1]).toMatchObject({ name: "service", multi: false, includeAll: false });
    expect(list[1]).not.toHaveProperty("current");
  });
});
