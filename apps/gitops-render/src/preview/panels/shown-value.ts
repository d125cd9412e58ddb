import type { Display } from "../dashboard/preview-dashboard.ts";
import { formatValue } from "../units/format-value.ts";

/** A value as a reader sees it: what it stands for, or the number with its unit; and the colour of its threshold. */
export function shownValue(value: number, display: Display): { readonly text: string; readonly colour: string } {
  const state = display.states.get(String(value));
  if (state !== undefined) return { text: state.text || String(value), colour: state.colour || "text" };
  return {
    text: formatValue(value, display.unit, display.decimals),
    colour:
      display.thresholds.findLast((step) => value >= step.value)?.colour ?? display.thresholds[0]?.colour ?? "text",
  };
}
