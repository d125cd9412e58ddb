import { filledQuery } from "@plinth/dashboards";
import type { PreviewDashboard, PreviewVariable } from "../dashboard/preview-dashboard.ts";
import type { PreviewData } from "./preview-data.ts";

/** What stands above the panels, and what queries are filled in with. */
export interface ChosenValues {
  readonly shown: readonly { readonly variable: PreviewVariable; readonly text: string }[];
  readonly values: ReadonlyMap<string, string>;
}

/** The values that Grafana begins with: all, the first of those that there are, or what the JSON says. */
export function chosenValues(dashboard: PreviewDashboard, data: PreviewData, step: number): ChosenValues {
  const values = new Map(builtInValues(dashboard, data, step));
  const shown = dashboard.variables.map((variable) => {
    const { text, value } = chosenValue(variable, values, data);
    values.set(variable.name, value);
    return { variable, text };
  });
  return { shown: shown.filter(({ variable }) => variable.shown), values };
}

function chosenValue(
  { name, values: from, chosen, all }: PreviewVariable,
  known: ReadonlyMap<string, string>,
  data: PreviewData,
): { readonly text: string; readonly value: string } {
  if (all !== undefined) {
    const found = from === undefined ? [] : labelValues(filledQuery(from.selector, known), from.label, data);
    const every = all === "" ? (found.length === 0 ? ".*" : found.map(escapeRegex).join("|")) : all;
    return { text: found.length === 0 ? "All" : `All (${found.length})`, value: every };
  }
  if (chosen !== undefined) return chosen;
  if (from === undefined) return { text: name, value: name };
  const [first = ""] = labelValues(filledQuery(from.selector, known), from.label, data);
  return { text: first === "" ? "None" : first, value: first };
}

function labelValues(selector: string, label: string, data: PreviewData): readonly string[] {
  const answer = data.ask(selector === "" ? "up" : selector, [data.now]);
  if ("problem" in answer) return [];
  return [...new Set(answer.series.flatMap(({ labels }) => labels[label] ?? []))].sort();
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\\\$&");
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables */
function builtInValues(
  { range, rangeText }: PreviewDashboard,
  { now }: PreviewData,
  step: number,
): readonly (readonly [string, string])[] {
  const seconds = Math.max(60, Math.round(step));
  return [
    // Four scrapes of a minute at least: https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/#use-__rate_interval
    ["__rate_interval", `${Math.max(240, seconds + 60)}s`],
    ["__interval", `${seconds}s`],
    ["__interval_ms", `${seconds * 1000}`],
    ["__range", `${range}s`],
    ["__range_s", `${range}`],
    ["__range_ms", `${range * 1000}`],
    ["__from", `${(now - range) * 1000}`],
    ["__to", `${now * 1000}`],
    ["__url_time_range", `from=now-${rangeText}&to=now`],
  ];
}
