/**
 * What the rules of an SLO record: Sloth's names, with the labels that Plinth puts on every SLO.
 *
 * @see https://sloth.dev/introduction/architecture/
 */
export const slothMetrics = {
  "slo:sli_error:ratio_rate5m": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 5 minutes.",
  },
  "slo:sli_error:ratio_rate30m": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 30 minutes.",
  },
  "slo:sli_error:ratio_rate1h": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last hour.",
  },
  "slo:sli_error:ratio_rate2h": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 2 hours.",
  },
  "slo:sli_error:ratio_rate6h": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 6 hours.",
  },
  "slo:sli_error:ratio_rate1d": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last day.",
  },
  "slo:sli_error:ratio_rate3d": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 3 days.",
  },
  "slo:sli_error:ratio_rate30d": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of bad events over the last 30 days, as the mean of its 5-minute slices.",
  },
  "slo:objective:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "environment", "service", "team", "tier"],
    help: "Share of events that must be good.",
  },
  "slo:error_budget:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "environment", "service", "team", "tier"],
    help: "Share of events that may be bad.",
  },
  "slo:time_period:days": {
    type: "gauge",
    unit: "count",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "environment", "service", "team", "tier"],
    help: "Days that the SLO looks back.",
  },
  "slo:current_burn_rate:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "How many times too fast the error budget is used up now: 1 uses it up exactly at the end of the period.",
  },
  "slo:period_burn_rate:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of the error budget that the period has used up.",
  },
  "slo:period_error_budget_remaining:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "sloth_window", "environment", "service", "team", "tier"],
    help: "Share of the error budget that is left: below 0 the promise is broken.",
  },
  sloth_slo_info: {
    type: "gauge",
    unit: "info",
    labels: [
      "sloth_id",
      "sloth_service",
      "sloth_slo",
      "sloth_version",
      "sloth_mode",
      "sloth_spec",
      "sloth_objective",
      "environment",
      "service",
      "team",
      "tier",
    ],
    help: "An SLO, with its objective in percent.",
  },
  "slo:calendar_window:index": {
    type: "gauge",
    unit: "count",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "calendar", "environment", "service", "team", "tier"],
    help: "The number of the month or quarter that it is: changes when a new budget begins.",
  },
  "slo:calendar_elapsed:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "calendar", "environment", "service", "team", "tier"],
    help: "How much of the month or quarter is gone.",
  },
  "slo:calendar_error:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "calendar", "environment", "service", "team", "tier"],
    help: "Share of bad events since the month or quarter began, as the mean of its slices.",
  },
  "slo:calendar_error_budget_remaining:ratio": {
    type: "gauge",
    unit: "ratio",
    labels: ["sloth_id", "sloth_service", "sloth_slo", "calendar", "environment", "service", "team", "tier"],
    help: "Share of the budget of the month or quarter that is left, under even traffic: below 0 the promise is broken.",
  },
} as const;
