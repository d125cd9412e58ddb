import type { Operand } from "@plinth/metrics";
import type { HeatmapPanel } from "./dashboard.ts";
import { type PanelOptions, valuePanel } from "./panel-options.ts";
import { query } from "./query.ts";

export interface HeatmapOptions extends Omit<PanelOptions, "legend" | "thresholds"> {
  /** Draws the traces that stand behind the numbers as dots. @default true */
  readonly exemplars?: boolean;
}

/**
 * How values are spread over time: the darker a cell, the more of them there were.
 *
 * @param buckets The buckets of a classic histogram, by `le`: their rates or increases.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/heatmap/
 * @example
 * import { bucketsOf, rate, spanMetrics, sum } from "@plinth/metrics";
 * const buckets = sum(rate(bucketsOf(spanMetrics.duration), "$__rate_interval"), { by: ["le"] });
 * heatmap("How long spans take", buckets, { unit: "s", description: "Most spans lie in the darkest cells." });
 */
export function heatmap(title: string, buckets: Operand, options: HeatmapOptions): HeatmapPanel {
  const queries = [query("A", buckets, { legend: "{{le}}", exemplars: options.exemplars ?? true })];
  return { kind: "heatmap", ...valuePanel(title, queries, options, { width: 12, height: 8 }) };
}
