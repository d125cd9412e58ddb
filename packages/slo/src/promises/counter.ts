import { defineMetric, type Matcher, type Selector, select } from "@plinth/metrics";

/**
 * A counter of one's own that the catalogue does not have, and which of its series are meant.
 *
 * @example
 * events("points-booked", { objective: 99.99, bad: counter("loyalty_bookings_failed_total"), total: counter("loyalty_bookings_total") });
 * counter("loyalty_bookings_total", { route: "/points" });
 */
export function counter(name: string, matchers: Readonly<Record<string, Matcher | readonly Matcher[]>> = {}): Selector {
  const labels = Object.keys(matchers);
  const help = "A counter of the service's own.";
  return select(defineMetric<string, string>({ name, type: "counter", unit: "count", labels, help }), matchers);
}
