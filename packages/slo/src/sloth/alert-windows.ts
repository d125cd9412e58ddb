/** Which share of the error budget must be used up within which window before an alert fires. */
export interface AlertWindows {
  /** The period that the objective is about: a Prometheus duration. */
  readonly period: string;
  readonly page: AlertWindowPair;
  readonly ticket: AlertWindowPair;
}

/** An alert fires when one of the two is burning. */
export interface AlertWindowPair {
  readonly quick: AlertWindow;
  readonly slow: AlertWindow;
}

/** The long window says that it matters, the short one that it still goes on. */
export interface AlertWindow {
  readonly errorBudgetPercent: number;
  /** Prometheus durations. */
  readonly shortWindow: string;
  readonly longWindow: string;
}

const windows = {
  page: {
    quick: { errorBudgetPercent: 2, shortWindow: "5m", longWindow: "1h" },
    slow: { errorBudgetPercent: 5, shortWindow: "30m", longWindow: "6h" },
  },
  ticket: {
    quick: { errorBudgetPercent: 10, shortWindow: "2h", longWindow: "1d" },
    slow: { errorBudgetPercent: 10, shortWindow: "6h", longWindow: "3d" },
  },
} as const;

/**
 * Sloth's own windows, by period.
 *
 * @see https://sre.google/workbook/alerting-on-slos/#recommended_parameters_for_an_slo_based_alerting_configuration
 * @see https://github.com/slok/sloth/tree/v0.16.0/internal/alert/windows
 */
export const alertWindows: { readonly "28d": AlertWindows; readonly "30d": AlertWindows } = {
  "28d": { period: "28d", ...windows },
  "30d": { period: "30d", ...windows },
};
