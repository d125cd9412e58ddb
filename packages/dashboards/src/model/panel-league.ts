import type { Operand } from "@plinth/metrics";
import type { BarGaugePanel, Query } from "./dashboard.ts";
import { type PanelOptions, valuePanel } from "./panel-options.ts";

/**
 * The newest value of each series as a bar: a league of things of one kind.
 *
 * @param expression One PromQL expression, or several queries with a name each.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/bar-gauge/
 * @example
 * import { count, metric } from "@plinth/metrics";
 * barGauge("Pods by namespace", count(metric("kube_pod_info"), { by: ["namespace"] }), { unit: "short", description: "Pods of each namespace." });
 */
export function barGauge(title: string, expression: Operand | readonly Query[], options: PanelOptions): BarGaugePanel {
  return { kind: "bar-gauge", ...valuePanel(title, expression, options, { width: 8, height: 8 }) };
}
