import type { AlertWindowPair, AlertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";
import { seconds } from "./time-to-fire.ts";

/** Traffic that is even and good for a long time, and of which from second 0 on a share is bad. */
export interface Outage {
  readonly errorRate: number;
  /** Seconds between two looks. */
  readonly step: number;
  /** Seconds after which nobody looks any more. */
  readonly until: number;
  /** Seconds that the condition must hold. */
  readonly for: number;
}

/**
 * Evaluates the rules of an alert as Prometheus does, look by look, from counted events: the ratio over each window from sums of events in it, both windows
 * above the threshold, one of the two conditions, held for as long as the alert waits.
 *
 * @returns The second at which it fires first.
 */
export function firstFiring(
  windows: AlertWindows,
  pair: AlertWindowPair,
  objective: number,
  outage: Outage,
): number | undefined {
  const { errorRate, step, until } = outage;
  const budget = (100 - objective) / 100;
  const ratio = (window: string, now: number): number => {
    const length = seconds(window);
    const slices = length / step;
    // Each slice of a step holds events of which a share is bad, if it began after second 0.
    const bad = Math.min(slices, now / step) * errorRate;
    return bad / slices;
  };
  const burns = (now: number): boolean =>
    [pair.quick, pair.slow].some((window) => {
      const limit = burnRateFactor(windows, window) * budget;
      return ratio(window.shortWindow, now) > limit && ratio(window.longWindow, now) > limit;
    });
  let since: number | undefined;
  for (let now = 0; now <= until; now += step) {
    since = burns(now) ? (since ?? now) : undefined;
    if (since !== undefined && now - since >= outage.for) return now;
  }
  return undefined;
}
