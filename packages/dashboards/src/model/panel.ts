import type { Operand } from "@plinth/metrics";
import type { Query, StatPanel, TimeseriesPanel } from "./dashboard.ts";
import { mayBeNegative, shareUnits } from "./least-value.ts";
import { type PanelOptions, valuePanel } from "./panel-options.ts";

export interface TimeseriesOptions extends PanelOptions {
  /** Draws the series on top of each other: for parts of a whole. @default false */
  readonly stacked?: boolean;
}

/**
 * Lines over time.
 *
 * @param expression One PromQL expression, or several queries with a name each.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/time-series/
 * @example
 * import { defineMetric, rate } from "@plinth/metrics";
 * const points = defineMetric({ name: "loyalty_points_total", type: "counter", unit: "count", labels: ["route"], help: "Points that were booked." });
 * timeseries("Booked points", rate(points, "$__rate_interval"), { unit: "ops", description: "Points booked per second." });
 */
export function timeseries(
  title: string,
  expression: Operand | readonly Query[],
  options: TimeseriesOptions,
): TimeseriesPanel {
  const panel = valuePanel(title, expression, options, { width: 8, height: 8 });
  // On an axis that begins anywhere 0.1 % looks like a mountain.
  const fromZero =
    shareUnits.has(panel.unit) && !panel.queries.some((asked) => asked.source !== "tempo" && mayBeNegative(asked.expr));
  return {
    kind: "timeseries",
    ...(fromZero ? { min: 0 } : {}),
    ...panel,
    stacked: options.stacked ?? false,
  };
}

/**
 * The newest value as a large number, one for each series.
 *
 * @param expression One PromQL expression, or several queries with a name each.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/stat/
 * @example
 * import { count, metric } from "@plinth/metrics";
 * stat("Pods", count(metric("kube_pod_info")), { unit: "short", description: "Pods that there are." });
 */
export function stat(title: string, expression: Operand | readonly Query[], options: PanelOptions): StatPanel {
  return { kind: "stat", ...valuePanel(title, expression, options, { width: 6, height: 4 }) };
}
