import type { SeriesLabels } from "@plinth/metrics/evaluation";

/**
 * How Grafana calls a series: by its legend, or by its labels where it has none. `__auto` is the label alone where there is one only.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/query-editor/#legend
 */
export function seriesName(
  legend: string,
  labels: SeriesLabels,
  panel: { readonly title: string },
  only: boolean,
): string {
  if (legend !== "" && legend !== "__auto") return withLabels(legend, labels).trim();
  const { __name__: name = "", ...rest } = labels;
  const list = Object.entries(rest);
  const [first] = list;
  if (first === undefined) return name === "" ? panel.title : name;
  if (legend === "__auto" && list.length === 1 && !only) return first[1];
  return `${name}{${list.map(([label, value]) => `${label}="${value}"`).join(", ")}}`;
}

/** Text with `{{label}}` filled in; a label that a series does not have leaves nothing. */
export function withLabels(text: string, labels: SeriesLabels): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "");
}
