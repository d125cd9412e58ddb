import type { FreshnessPromise, LatencyPromise, ThroughputPromise } from "@plinth/core";
import {
  add,
  bucketBelow,
  call,
  countOverTime,
  type Expression,
  equal,
  formatDecimal,
  greaterThan,
  increase,
  lessThan,
  multiply,
  or,
  rate,
  rawPromql,
  type Selector,
  secondsOf,
  subtract,
  sum,
  time,
  vector,
} from "@plinth/metrics";
import type { Indicator } from "../objectives/service-level-objective.ts";
import { anyOf, type Groups, ifAny, perSecond, shareOfTime, withinLimit } from "./expressions.ts";
import { filledPlace, type RequestPlace, type Requests, withLabel } from "./requests.ts";

/** Requests that end in an error, of all. Nothing where the source counts no errors. */
export function availabilityIndicator({ calls, errors }: Requests, groups: Groups | undefined): Indicator | undefined {
  if (calls === undefined || errors === undefined) return undefined;
  const all = perSecond(calls, groups);
  return {
    kind: "events",
    bad: anyOf(errors, all, groups),
    total: withinLimit(ifAny(all), groups),
    presence: lately(calls),
    ...byOf(groups),
  };
}

/** Requests that take longer than promised, of all. Nothing where the source does not time them. */
export function latencyIndicator(
  { below, histogram }: LatencyPromise,
  { durations, perSecond: unit }: Requests,
  groups: Groups | undefined,
): Indicator | undefined {
  if (durations === undefined) return undefined;
  if (histogram === "native") return nativeLatency(secondsOf(below) * unit, durations, groups);
  const series = (suffix: string): Selector => ({ ...durations, series: `${durations.series}${suffix}` });
  const all = perSecond(series("_count"), groups);
  const bound = unit === 1 ? bucketBelow(below) : bucketAt(secondsOf(below) * unit);
  const fast = perSecond(withLabel(series("_bucket"), "le", bound), groups);
  return {
    kind: "events",
    bad: subtract(all, fast),
    total: withinLimit(ifAny(all), groups),
    presence: lately(series("_count")),
    ...byOf(groups),
  };
}

/** `1` as the collector writes it, `1.0` as Prometheus 3 does. */
function bucketAt(bound: number): ReturnType<typeof bucketBelow> {
  const text = formatDecimal(bound);
  return text.includes(".") ? text : { operator: "=~", value: `${text}(\\.0)?` };
}

/**
 * The share above a bound, from the buckets of a native histogram: exact where the bound is one of theirs, otherwise between two of them.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_fraction
 */
function nativeLatency(bound: number, durations: Selector, groups: Groups | undefined): Indicator {
  const rates = perSecond(durations, groups);
  const all = call("histogram_count", rates);
  return {
    kind: "events",
    bad: multiply(subtract(1, call("histogram_fraction", 0, bound, rates)), all),
    total: withinLimit(ifAny(all), groups),
    presence: lately(durations),
    ...byOf(groups),
  };
}

// A rate needs a few samples.
const slice = "5m";

/** Minutes in which too little is done: none is too little, too. */
export function throughputIndicator(
  { atLeast, per = "1m" }: ThroughputPromise,
  { calls }: Requests,
  groups: Groups | undefined,
): Indicator | undefined {
  if (calls === undefined) return undefined;
  const rates = sum(
    rate(calls, secondsOf(per) > secondsOf(slice) ? per : slice),
    groups === undefined ? {} : { by: groups.by },
  );
  // A group that is not there cannot be told from one that never was.
  const done: Expression = groups === undefined ? or(rates, vector(0)) : rates;
  return {
    kind: "ratio",
    errorRatio: shareOfTime(lessThan(done, atLeast / secondsOf(per), { bool: true })),
    presence: lately(calls),
    ...byOf(groups),
  };
}

/** Minutes in which the last success is too long ago. */
export function freshnessIndicator(
  { within, lastSuccess }: FreshnessPromise,
  { calls, errors }: Requests,
  place: RequestPlace,
  groups: Groups | undefined,
): Indicator | undefined {
  if (lastSuccess !== undefined) {
    const moment = rawPromql(filledPlace(lastSuccess, place));
    const tooOld = greaterThan(subtract(time(), moment), secondsOf(within), { bool: true });
    return { kind: "ratio", errorRatio: shareOfTime(tooOld), presence: moment, ...byOf(groups) };
  }
  if (calls === undefined || errors === undefined) return undefined;
  const options = groups === undefined ? {} : { by: groups.by };
  const all = sum(increase(calls, within), options);
  const none = groups === undefined ? vector(0) : multiply(all, 0);
  const failed = errors
    .map((selector): Expression => or(sum(increase(selector, within), options), none))
    .reduce((total, next) => add(total, next));
  const succeeded: Expression = subtract(groups === undefined ? or(all, vector(0)) : all, failed);
  return {
    kind: "ratio",
    errorRatio: shareOfTime(equal(succeeded, 0, { bool: true })),
    presence: lately(calls),
    ...byOf(groups),
  };
}

function lately(selector: Selector): Expression {
  return countOverTime(selector, slice);
}

function byOf(groups: Groups | undefined): { readonly by?: readonly string[] } {
  return groups === undefined ? {} : { by: groups.by };
}
