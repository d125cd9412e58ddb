import { type LabelOf, type Matchers, max, metric, multiply, or, select } from "@plinth/metrics";
import type { StateTimelinePanel } from "../model/dashboard.ts";
import type { PanelOptions } from "../model/panel-options.ts";
import { stateTimeline } from "../model/panel-state-timeline.ts";

type AlertLabel = Exclude<LabelOf<"ALERTS">, "alertstate">;

/** Since when alerts hold: a bar for each, 1 while it waits and 2 while it fires. */
export function alertsOverTime(
  of: Matchers<AlertLabel>,
  by: readonly AlertLabel[],
  options: Pick<PanelOptions, "description" | "width" | "height">,
): StateTimelinePanel {
  const firing = max(select(metric("ALERTS"), { ...of, alertstate: "firing" }), { by });
  const pending = max(select(metric("ALERTS"), { ...of, alertstate: "pending" }), { by });
  return stateTimeline("Alerts over time", or(multiply(firing, 2), pending), {
    ...options,
    legend: by.map((label) => `{{${label}}}`).join(" "),
    states: [
      { value: 1, text: "pending", state: "warning" },
      { value: 2, text: "firing", state: "bad" },
    ],
  });
}
