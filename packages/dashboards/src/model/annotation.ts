import { type Operand, printPromqlLine } from "@plinth/metrics";
import type { Annotation } from "./dashboard.ts";

export interface AnnotationOptions {
  readonly description: string;
  /** What stands at the mark: text with `{{label}}`. */
  readonly text: string;
  /** What it means to the reader. @default "neutral" */
  readonly state?: Annotation["state"];
}

/**
 * Something that happened, as a mark on every panel: there is one wherever the expression is above 0.
 *
 * @param name Unique within the dashboard; what the reader turns on and off.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/annotate-visualizations/
 * @example
 * import { greaterThan, increase, metric, sum } from "@plinth/metrics";
 * const restarts = sum(increase(metric("kube_pod_container_status_restarts_total"), "$__interval"), { by: ["pod"] });
 * annotation("Restarts", greaterThan(restarts, 0), { description: "A container started again.", text: "{{pod}}", state: "warning" });
 */
export function annotation(name: string, expression: Operand, options: AnnotationOptions): Annotation {
  return {
    name,
    description: options.description,
    query: { source: "prometheus", name: "Anno", expr: printPromqlLine(expression), legend: "", exemplars: false },
    text: options.text,
    state: options.state ?? "neutral",
  };
}
