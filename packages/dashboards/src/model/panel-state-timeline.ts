import type { Operand } from "@plinth/metrics";
import type { NamedState, Query, StateTimelinePanel } from "./dashboard.ts";
import { type PanelOptions, valuePanel } from "./panel-options.ts";

export interface StateTimelineOptions extends Omit<PanelOptions, "unit" | "min" | "max" | "decimals" | "thresholds"> {
  /** What each number stands for. */
  readonly states: readonly NamedState[];
}

/**
 * States over time, a bar for each series.
 *
 * @param expression One PromQL expression, or several queries with a name each; its values are those that `states` names.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/state-timeline/
 * @example
 * import { metric } from "@plinth/metrics";
 * stateTimeline("Targets", metric("up"), {
 *   description: "Whether each target can be scraped.",
 *   states: [{ value: 1, text: "up", state: "good" }, { value: 0, text: "down", state: "bad" }],
 * });
 */
export function stateTimeline(
  title: string,
  expression: Operand | readonly Query[],
  options: StateTimelineOptions,
): StateTimelinePanel {
  const described = valuePanel(title, expression, { ...options, unit: "short" }, { width: 12, height: 8 });
  return { kind: "state-timeline", ...described, states: options.states };
}
