import { parseDuration } from "@plinth/core";
import type { AlertWindow, AlertWindowPair, AlertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";

/** Seconds of a Prometheus duration; 0 for any other text. */
export function seconds(duration: string): number {
  return (parseDuration(duration) ?? 0) / 1000;
}

/** The share of events that may be bad. */
export function budgetOf(objective: number): number {
  return (100 - objective) / 100;
}

/** The share of bad events that both windows of a condition must exceed. */
export function threshold(windows: AlertWindows, window: AlertWindow, budget: number): number {
  return burnRateFactor(windows, window) * budget;
}

/** The two conditions of an alert. */
export function conditions({ quick, slow }: AlertWindowPair): readonly AlertWindow[] {
  return [quick, slow];
}

/**
 * Seconds from the first bad event until an alert's condition holds, when from then on the same share of even traffic is bad and before it nothing was.
 * After t seconds a window of w holds the share e · t / w, so the long window exceeds its threshold T after w · T / e; the short one did long before. At
 * exactly the threshold, and below, it never does.
 *
 * @returns `undefined` when it never holds.
 */
export function secondsUntilBurning(
  windows: AlertWindows,
  pair: AlertWindowPair,
  budget: number,
  errorRate: number,
): number | undefined {
  const times = conditions(pair).flatMap((window) => {
    const above = threshold(windows, window, budget);
    return errorRate > above ? [(seconds(window.longWindow) * above) / errorRate] : [];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
