import { parseDuration } from "@plinth/core";
import type { AlertWindow, AlertWindowPair, AlertWindows } from "./alert-windows.ts";

const HOUR = 3_600_000;

/** Hours of a Prometheus duration. Throws a TypeError for anything else. */
function hours(duration: string): number {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined)
    throw new TypeError(`${JSON.stringify(duration)} is not a Prometheus duration. Expected for example "6h".`);
  // As Go's Duration.Hours: whole hours and the rest apart.
  return Math.floor(milliseconds / HOUR) + (milliseconds % HOUR) / HOUR;
}

/** Days of a Prometheus duration. */
export function days(duration: string): number {
  return hours(duration) / 24;
}

/**
 * How many times too fast the error budget burns when an alert fires: 1 uses it up exactly at the end of the period. The order of the
 * operations is Sloth's, so that the digits are.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/internal/alert/window.go
 */
export function burnRateFactor({ period }: AlertWindows, { errorBudgetPercent, longWindow }: AlertWindow): number {
  return (errorBudgetPercent * hours(period)) / 100 / hours(longWindow);
}

/** Days until the whole budget of a period is used up at the least rate that an alert fires at. */
export function fullBudgetDays(windows: AlertWindows, { quick, slow }: AlertWindowPair): number {
  const least = Math.min(burnRateFactor(windows, quick), burnRateFactor(windows, slow));
  return Number((days(windows.period) / least).toPrecision(3));
}
