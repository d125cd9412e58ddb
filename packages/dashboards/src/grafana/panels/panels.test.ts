import { divide, metric, rate, spanMetrics, sum } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Panel } from "../../model/dashboard.ts";
import { dashboardLink } from "../../model/link.ts";
import { stat, timeseries } from "../../model/panel.ts";
import { heatmap } from "../../model/panel-heatmap.ts";
import { barGauge } from "../../model/panel-league.ts";
import { stateTimeline } from "../../model/panel-state-timeline.ts";
import { column, table } from "../../model/panel-table.ts";
import { logs, serviceMap, traces } from "../../model/panel-telemetry.ts";
import { alertList, text } from "../../model/panel-words.ts";
import { logQuery, query, traceQuery } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import { panelBuilder } from "./build-panel.ts";

const description = "d";
const calls = sum(rate(spanMetrics.calls, "$__rate_interval"), { by: ["service_name"] });

/** What Grafana reads. */
function json(panel: Panel): unknown {
  return JSON.parse(JSON.stringify(panelBuilder(panel, { id: 1, position: { x: 0, y: 0, w: 8, h: 8 } }).build()));
}

const prometheus = { type: "prometheus", uid: "${prometheus_datasource}" };

describe("a league", () => {
  it("asks for the newest value of each series, as a table's numbers do", () =>
    expect(json(barGauge("League", calls, { unit: "ops", description }))).toMatchObject({
      type: "bargauge",
      datasource: prometheus,
      targets: [{ instant: true, legendFormat: "__auto" }],
      options: { orientation: "horizontal", displayMode: "basic" },
    }));
});

describe("a table", () => {
  const panel = table("Services", [query("calls", calls), query("failed", calls)], {
    unit: "ops",
    description,
    columns: [
      column(
        "Service",
        { label: "service_name" },
        {
          link: dashboardLink("Open", "service-${__value.text}", { description }),
        },
      ),
      column("Failed", { query: "failed" }, { unit: "percentunit", thresholds: badAbove({ bad: 1 }) }),
      column("Calls", { query: "calls" }),
    ],
    sortBy: "Calls",
  });

  it("brings its queries into one line for each set of labels, and shows its columns in their order", () =>
    expect(json(panel)).toMatchObject({
      type: "table",
      targets: [
        { refId: "calls", format: "table", instant: true },
        { refId: "failed", format: "table", instant: true },
      ],
      transformations: [
        { id: "merge" },
        {
          id: "filterFieldsByName",
          options: { include: { names: ["service_name", "Value #failed", "Value #calls"] } },
        },
        {
          id: "organize",
          options: {
            indexByName: { service_name: 0, "Value #failed": 1, "Value #calls": 2 },
            renameByName: { service_name: "Service", "Value #failed": "Failed", "Value #calls": "Calls" },
          },
        },
      ],
      options: { sortBy: [{ displayName: "Calls", desc: true }] },
    }));

  it("gives a column its own unit, colours and links", () =>
    expect(json(panel)).toMatchObject({
      fieldConfig: {
        defaults: { unit: "ops" },
        overrides: [
          {
            matcher: { id: "byName", options: "Service" },
            properties: [
              {
                id: "links",
                value: [{ title: "Open", url: "/d/service-${__value.text}?${__url_time_range}" }],
              },
            ],
          },
          {
            matcher: { id: "byName", options: "Failed" },
            properties: [
              { id: "unit", value: "percentunit" },
              { id: "custom.cellOptions", value: { type: "color-background", mode: "basic" } },
              { id: "color", value: { mode: "thresholds" } },
              {
                id: "thresholds",
                value: {
                  mode: "absolute",
                  steps: [
                    { value: null, color: "green" },
                    { value: 1, color: "red" },
                  ],
                },
              },
            ],
          },
        ],
      },
    }));

  it("of one query calls its number by no query", () => {
    const columns = [column("Calls", { query: "calls" })];
    const one = table("Services", [query("calls", calls)], { unit: "ops", description, columns });
    expect(json(one)).toMatchObject({
      transformations: [
        {},
        { options: { include: { names: ["Value"] } } },
        { options: { renameByName: { Value: "Calls" } } },
      ],
    });
  });
});

describe("a heatmap", () => {
  it("draws Prometheus' own buckets, with the traces behind them", () =>
    expect(json(heatmap("Spread", calls, { unit: "s", description, min: 0.001 }))).toMatchObject({
      type: "heatmap",
      targets: [{ format: "heatmap", exemplar: true, legendFormat: "{{le}}" }],
      options: { rowsFrame: { layout: "le" }, yAxis: { unit: "s", min: 0.001 } },
    }));
});

describe("states over time", () => {
  it("have the text and the colour of what each number stands for", () =>
    expect(
      json(
        stateTimeline("Targets", metric("up"), {
          description,
          states: [
            { value: 0, text: "down", state: "bad" },
            { value: 1, text: "up", state: "good" },
            { value: 2, text: "nobody knows", state: "unknown" },
          ],
        }),
      ),
    ).toMatchObject({
      type: "state-timeline",
      fieldConfig: {
        defaults: {
          mappings: [
            {
              type: "value",
              options: {
                0: { text: "down", color: "red", index: 0 },
                1: { text: "up", color: "green", index: 1 },
                2: { text: "nobody knows", color: "gray", index: 2 },
              },
            },
          ],
        },
      },
    }));
});

describe("lines, traces and the map of services", () => {
  it("ask Loki and Tempo by the dashboard's variables", () => {
    expect(json(logs("Lines", '{service_name="a"}', { description }))).toMatchObject({
      type: "logs",
      datasource: { type: "loki", uid: "${loki_datasource}" },
      targets: [{ expr: '{service_name="a"}', queryType: "range" }],
      options: { enableLogDetails: true },
    });
    expect(json(traces("Slow", "{ duration > 2s }", { description, limit: 50 }))).toMatchObject({
      type: "table",
      datasource: { type: "tempo", uid: "${tempo_datasource}" },
      targets: [{ query: "{ duration > 2s }", queryType: "traceql", tableType: "traces", limit: 50 }],
    });
  });

  it("draw all calls, those of one service, or what selectors select", () => {
    const selectorsOf = (panel: unknown) => JSON.stringify(panel).match(/"serviceMapQuery":(\[.*?\])/)?.[1];
    expect(selectorsOf(json(serviceMap("Map", { description })))).toBeUndefined();
    expect(selectorsOf(json(serviceMap("Map", { description, service: "a" })))).toBe(
      JSON.stringify(['{client="a"}', '{server="a"}']),
    );
    expect(selectorsOf(json(serviceMap("Map", { description, selectors: ['{client=~"a|b"}'] })))).toBe(
      JSON.stringify(['{client=~"a|b"}']),
    );
    expect(json(serviceMap("Map", { description }))).toMatchObject({
      type: "nodeGraph",
      targets: [{ queryType: "serviceMap" }],
    });
  });
});

describe("words", () => {
  it("ask nobody", () => {
    expect(json(text("Reading", "**Bold**", { description }))).toMatchObject({
      type: "text",
      options: { content: "**Bold**" },
    });
    expect(json(alertList("Alerts", '{team="a"}', { description }))).toMatchObject({
      type: "alertlist",
      options: { alertInstanceLabelFilter: '{team="a"}', stateFilter: { noData: true } },
    });
    expect(json(text("Reading", "a", { description }))).not.toHaveProperty("datasource");
  });
});

describe("a panel of several data sources", () => {
  it("says so, and each query names its own", () =>
    expect(
      json(
        stat("Now", [query("calls", calls), logQuery("lines", "x"), traceQuery("t", "{ }")], {
          unit: "short",
          description,
        }),
      ),
    ).toMatchObject({
      datasource: { type: "datasource", uid: "-- Mixed --" },
      targets: [{ datasource: prometheus }, { datasource: { type: "loki" } }, { datasource: { type: "tempo" } }],
    }));
});

describe("a time series of shares", () => {
  const share = divide(calls, calls);

  it("begins at 0, unless it may fall below or says otherwise", () => {
    expect(timeseries("Errors", share, { unit: "percentunit", description }).min).toBe(0);
    expect(timeseries("Errors", share, { unit: "percentunit", description, min: 0.9 }).min).toBe(0.9);
    expect(timeseries("Errors", share, { unit: "short", description }).min).toBeUndefined();
  });
});
