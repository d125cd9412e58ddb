import { parseDuration, printDuration } from "@plinth/core";
import { type AlertWindow, type AlertWindows, alertWindows } from "../sloth/alert-windows.ts";

const MINUTE = 60_000;

/** The SRE workbook's long windows as parts of its 30 days, and which share of the budget they may use up; the short one is a twelfth. */
const shares = {
  page: { quick: { part: 720, errorBudgetPercent: 2 }, slow: { part: 120, errorBudgetPercent: 5 } },
  ticket: { quick: { part: 30, errorBudgetPercent: 10 }, slow: { part: 10, errorBudgetPercent: 10 } },
} as const;

// A rate needs a few samples: with one each half minute, five minutes hold ten.
const shortest = 5 * MINUTE;

/**
 * The windows of the alerts for a period: Sloth's own for 28 and 30 days, otherwise the workbook's, stretched with the period, so that an alert stands for
 * the same share of the budget whatever the period. No short window is below 5 minutes, no long one below three times that.
 *
 * @throws TypeError when the period is not a Prometheus duration.
 * @see https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_alerting_configuration
 * @example
 * windowsFor("90d").page.quick; // { errorBudgetPercent: 2, shortWindow: "15m", longWindow: "3h" }
 */
export function windowsFor(period: string): AlertWindows {
  const milliseconds = parseDuration(period);
  if (milliseconds === undefined || milliseconds === 0)
    throw new TypeError(
      `${JSON.stringify(period)} is not a period. Expected a Prometheus duration, for example "30d".`,
    );
  const own = Object.values(alertWindows).find((windows) => parseDuration(windows.period) === milliseconds);
  if (own !== undefined) return own;
  const window = ({ part, errorBudgetPercent }: { part: number; errorBudgetPercent: number }): AlertWindow => {
    const long = Math.max(rounded(milliseconds / part), 3 * shortest);
    return {
      errorBudgetPercent,
      shortWindow: printDuration(Math.max(rounded(long / 12), shortest)),
      longWindow: printDuration(long),
    };
  };
  return {
    period,
    page: { quick: window(shares.page.quick), slow: window(shares.page.slow) },
    ticket: { quick: window(shares.ticket.quick), slow: window(shares.ticket.slow) },
  };
}

/** To 5 minutes below two hours, to half an hour above: names of series that people can read. */
function rounded(milliseconds: number): number {
  const step = milliseconds < 120 * MINUTE ? 5 * MINUTE : 30 * MINUTE;
  return Math.round(milliseconds / step) * step;
}
