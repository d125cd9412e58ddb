import {
  ago,
  avgOverTime,
  clampMin,
  divide,
  type Expression,
  greaterThan,
  type LabelOf,
  type Matchers,
  max,
  metric,
  min,
  multiply,
  oneOf,
  type Selector,
  select,
  subtract,
} from "@plinth/metrics";

/** Which SLOs are meant: conditions on the labels that each of their series carries. */
export type SloMatchers = Matchers<LabelOf<"slo:objective:ratio">>;

/** What tells one SLO from another, and whose it is. */
const bySlo = ["environment", "team", "tier", "sloth_service", "sloth_slo"] as const;
// An SLO with a budget for each value of a label has several series of one id.
const ofOneSlo = { on: ["environment", "sloth_id"], groupLeft: [] } as const;

/** The share of events that must be good. */
export function objective(of: SloMatchers): Expression {
  return max(select(metric("slo:objective:ratio"), of), { by: bySlo });
}

/** The share of events that were good, over the whole period. */
export function measured(of: SloMatchers): Expression {
  const bad = multiply(select(metric("slo:period_burn_rate:ratio"), of), errorBudget(of), ofOneSlo);
  return subtract(1, max(bad, { by: bySlo }));
}

/** The share of the period's budget that is left; below 0 the promise is broken. */
export function budgetLeft(of: SloMatchers): Selector {
  return select(metric("slo:period_error_budget_remaining:ratio"), of);
}

/** The same of each SLO, of the worst of its parts. */
export function leastBudgetLeft(of: SloMatchers): Expression {
  return min(budgetLeft(of), { by: bySlo });
}

/** How many times too fast the budget burned over the last five minutes. */
export function burnRate(of: SloMatchers): Selector {
  return select(metric("slo:current_burn_rate:ratio"), of);
}

/** The same over the last hour: what one looks at, because five minutes jump. */
export function burnOfHour(of: SloMatchers): Expression {
  return avgOverTime(burnRate(of), "1h");
}

/** How much of each budget came back, or went, within seven days. */
export function budgetChange(of: SloMatchers): Expression {
  return subtract(leastBudgetLeft(of), min(ago(budgetLeft(of), "7d"), { by: bySlo }));
}

/** The share of events that may be bad. */
export function errorBudget(of: SloMatchers): Selector {
  return select(metric("slo:error_budget:ratio"), of);
}

/** The share of events that are bad now. */
export function badEvents(of: SloMatchers): Expression {
  return multiply(burnRate(of), errorBudget(of), ofOneSlo);
}

/** The fastest part of each SLO. */
export function fastestBurn(of: SloMatchers): Expression {
  return max(burnOfHour(of), { by: bySlo });
}

/** How many times too fast the budget burns over each window of the alerts: another period has other windows, whose names are in their label alone. */
export function burnByWindow(of: SloMatchers, windows: readonly string[] = []): Expression {
  const errors: Selector = {
    kind: "selector",
    series: "",
    matchers: [
      { label: "__name__", operator: "=~", value: "slo:sli_error:ratio_rate.+" },
      ...select(metric("slo:objective:ratio"), of).matchers,
      ...(windows.length === 0 ? [] : [{ label: "sloth_window", ...oneOf(...windows) }]),
    ],
  };
  return divide(errors, errorBudget(of), ofOneSlo);
}

/** The share of the budget of the month or quarter that is left. */
export function calendarBudgetLeft(of: SloMatchers): Selector {
  return select(metric("slo:calendar_error_budget_remaining:ratio"), of);
}

/** Seconds until the budget is gone, at the pace of the last hour; nothing where it does not burn. What an old incident took comes back when it leaves the period, which is not in it. */
export function timeLeft(of: SloMatchers): Expression {
  const days = multiply(clampMin(budgetLeft(of), 0), select(metric("slo:time_period:days"), of), ofOneSlo);
  const seconds = divide(multiply(days, 86_400), greaterThan(burnOfHour(of), 0), { ignoring: ["sloth_window"] });
  return min(seconds, { by: bySlo });
}
