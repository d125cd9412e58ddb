import type { AvailabilityPromise, LatencyPromise, ServicePromise } from "@plinth/core";
import {
  bucketBelow,
  bucketsOf,
  countOf,
  type Expression,
  greaterThan,
  or,
  rate,
  type ServedSpans,
  select,
  spanMetrics,
  subtract,
  sum,
  vector,
} from "@plinth/metrics";
import type { Indicator } from "./service-level-objective.ts";

// Sloth's template variable: each rule fills in its own range.
const window = "{{.window}}";
const { calls, duration, statuses } = spanMetrics;

/** What is counted for a promise, over the spans of the work that a service does for others. */
export function indicatorOf(promise: ServicePromise, spans: ServedSpans): Indicator {
  switch (promise.kind) {
    case "availability":
      return availabilityIndicator(promise, spans);
    case "latency":
      return latencyIndicator(promise, spans);
  }
}

function availabilityIndicator(_: AvailabilityPromise, spans: ServedSpans): Indicator {
  const failed = sum(rate(select(calls, { ...spans, status_code: statuses.error }), window));
  return {
    kind: "events",
    // Before the first error there is no such series, and a ratio without a numerator is no ratio at all.
    bad: or(failed, vector(0)),
    total: ifAny(sum(rate(select(calls, spans), window))),
  };
}

function latencyIndicator({ below }: LatencyPromise, spans: ServedSpans): Indicator {
  const all = sum(rate(select(countOf(duration), spans), window));
  const fast = sum(rate(select(bucketsOf(duration), { ...spans, le: bucketBelow(below) }), window));
  return { kind: "events", bad: subtract(all, fast), total: ifAny(all) };
}

/** Nothing instead of 0: a division by no traffic is NaN, and one NaN spoils the mean over a whole period (Sloth issue 133). */
function ifAny(total: Expression): Expression {
  return greaterThan(total, 0);
}
