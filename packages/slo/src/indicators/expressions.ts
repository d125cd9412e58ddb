import {
  add,
  and,
  call,
  count,
  type Expression,
  greaterThan,
  lessOrEqual,
  multiply,
  or,
  rate,
  type Selector,
  sum,
  vector,
} from "@plinth/metrics";
import { window } from "../promises/window.ts";

/** Labels that each have a budget of their own, and how many combinations may be measured. */
export interface Groups {
  readonly by: readonly string[];
  readonly limit: number;
}

/** What happens for each second over the window of the rule. */
export function perSecond(selector: Selector, groups: Groups | undefined): Expression {
  return sum(rate(selector, window), groups === undefined ? {} : { by: groups.by });
}

/** Nothing instead of 0: a division by no traffic is NaN, and one NaN spoils the mean over a whole period (Sloth issue 133). */
export function ifAny(total: Expression): Expression {
  return greaterThan(total, 0);
}

/** Nothing at all where there are more groups than may be measured. */
export function withinLimit(total: Expression, groups: Groups | undefined): Expression {
  return groups === undefined ? total : and(total, lessOrEqual(count(total), groups.limit), { on: [] });
}

/** Events that are in one of several counters. Before the first there is no such series, and a ratio without a numerator is no ratio at all. */
export function anyOf(selectors: readonly Selector[], all: Expression, groups: Groups | undefined): Expression {
  const none = groups === undefined ? vector(0) : multiply(all, 0);
  const [first, ...rest] = selectors.map((selector) => or(perSecond(selector, groups), none));
  return first === undefined ? none : rest.reduce((total: Expression, next) => add(total, next), first);
}

// The shortest window of an alert: a look each minute would cost five times as much and say the same of all others.
const slice = "5m";

/** The share of the window in which a condition holds, looked at every five minutes. The condition gives 0 or 1. */
export function shareOfTime(condition: Expression): Expression {
  return call("avg_over_time", { kind: "range", of: condition, range: window, step: slice });
}
