import * as barGaugeSdk from "@grafana/grafana-foundation-sdk/bargauge";
import * as heatmapSdk from "@grafana/grafana-foundation-sdk/heatmap";
import * as logsSdk from "@grafana/grafana-foundation-sdk/logs";
import * as statSdk from "@grafana/grafana-foundation-sdk/stat";
import * as stateTimelineSdk from "@grafana/grafana-foundation-sdk/statetimeline";
import * as tableSdk from "@grafana/grafana-foundation-sdk/table";
import * as textSdk from "@grafana/grafana-foundation-sdk/text";
import * as timeseriesSdk from "@grafana/grafana-foundation-sdk/timeseries";
import { metric } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { isJsonObject, objectAt } from "../../json/json-value.ts";
import type { Panel } from "../../model/dashboard.ts";
import { stat, timeseries } from "../../model/panel.ts";
import { heatmap } from "../../model/panel-heatmap.ts";
import { barGauge } from "../../model/panel-league.ts";
import { stateTimeline } from "../../model/panel-state-timeline.ts";
import { column, table } from "../../model/panel-table.ts";
import { logs, traces } from "../../model/panel-telemetry.ts";
import { text } from "../../model/panel-words.ts";
import { query } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import { panelBuilder } from "./build-panel.ts";

const description = "d";
const drawn = { unit: "s", description, thresholds: badAbove({ warning: 1, bad: 2 }) } as const;
const asks = metric("up");

/** Each kind of panel, and what Grafana's own schema takes for its options. */
const kinds: readonly [Panel, { readonly options: object; readonly fieldConfig?: object }][] = [
  [
    timeseries("Lines", asks, { ...drawn, stacked: true }),
    { options: timeseriesSdk.defaultOptions(), fieldConfig: timeseriesSdk.defaultFieldConfig() },
  ],
  [stat("Number", asks, drawn), { options: statSdk.defaultOptions() }],
  [barGauge("League", asks, drawn), { options: barGaugeSdk.defaultOptions() }],
  [
    table("Table", [query("A", asks)], { ...drawn, columns: [column("Up", { query: "A" })], sortBy: "Up" }),
    { options: tableSdk.defaultOptions(), fieldConfig: tableSdk.defaultFieldConfig() },
  ],
  [
    heatmap("Spread", asks, { unit: "s", description }),
    { options: heatmapSdk.defaultOptions(), fieldConfig: heatmapSdk.defaultFieldConfig() },
  ],
  [
    stateTimeline("States", asks, { description, states: [{ value: 1, text: "up", state: "good" }] }),
    { options: stateTimelineSdk.defaultOptions(), fieldConfig: stateTimelineSdk.defaultFieldConfig() },
  ],
  [logs("Lines of Loki", '{service_name="a"}', { description }), { options: logsSdk.defaultOptions() }],
  [traces("Traces", "{ duration > 2s }", { description }), { options: tableSdk.defaultOptions() }],
  [text("Words", "a", { description }), { options: textSdk.defaultOptions() }],
];

describe("a panel says nothing that Grafana takes anyway", () => {
  it.each(kinds.map(([panel, defaults]) => [panel.kind, panel, defaults] as const))("%s", (_, panel, defaults) => {
    const json: unknown = JSON.parse(
      JSON.stringify(panelBuilder(panel, { id: 1, position: { x: 0, y: 0, w: 8, h: 8 } }).build()),
    );
    if (!isJsonObject(json)) throw new TypeError("a panel is an object");
    expect(repeated(objectAt(json, "options"), defaults.options)).toEqual([]);
    const custom = objectAt(objectAt(objectAt(json, "fieldConfig"), "defaults"), "custom");
    expect(repeated(custom, defaults.fieldConfig ?? {})).toEqual([]);
  });
});

/** Paths of the members that say what the defaults say. */
function repeated(said: object, defaults: object, path = ""): readonly string[] {
  const taken = new Map(Object.entries(defaults));
  return Object.entries(said).flatMap(([key, value]) => {
    const other: unknown = taken.get(key);
    if (isJsonObject(value) && isJsonObject(other)) return repeated(value, other, `${path}${key}.`);
    return taken.has(key) && JSON.stringify(value) === JSON.stringify(other) ? [`${path}${key}`] : [];
  });
}
