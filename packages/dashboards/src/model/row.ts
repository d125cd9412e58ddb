import type { Panel, Row, Variable } from "./dashboard.ts";
import { logicalId } from "./logical-id.ts";

export interface RowOptions {
  /** Names the row for good: the numbers of its panels in Grafana are made of it. @default the title in small letters, with hyphens */
  readonly id?: string;
  /** What the reader may choose for this row's queries. @default nothing */
  readonly variables?: readonly Variable[];
}

/**
 * Panels under one heading, from left to right.
 *
 * @example
 * import { count, metric } from "@plinth/metrics";
 * row("Pods", [stat("Pods", count(metric("kube_pod_info")), { unit: "short", description: "Pods that there are." })]);
 */
export function row(title: string, panels: readonly Panel[], options: RowOptions = {}): Row {
  return { id: options.id ?? logicalId(title), title, panels, variables: options.variables ?? [] };
}
