import { emitYaml } from "@plinth/core";
import type { AlertWindows } from "@plinth/slo";

/** Windows that Sloth does not have: a period of a week. */
export const sevenDays: AlertWindows = {
  period: "7d",
  page: {
    quick: { errorBudgetPercent: 8, shortWindow: "5m", longWindow: "1h" },
    slow: { errorBudgetPercent: 12.5, shortWindow: "30m", longWindow: "6h" },
  },
  ticket: {
    quick: { errorBudgetPercent: 20, shortWindow: "2h", longWindow: "1d" },
    slow: { errorBudgetPercent: 42, shortWindow: "6h", longWindow: "3d" },
  },
};

/**
 * The same in Sloth's words.
 *
 * @see https://sloth.dev/usage/slo-period-windows/
 */
export const sevenDaysFile: string = emitYaml({
  apiVersion: "sloth.slok.dev/v1",
  kind: "AlertWindows",
  spec: { sloPeriod: sevenDays.period, page: sevenDays.page, ticket: sevenDays.ticket },
});
