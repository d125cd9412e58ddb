/**
 * The range that each rule fills in with its own window, in Sloth's words: what an event query looks over.
 *
 * @example
 * import { rate, sum } from "@plinth/metrics";
 * events("bookings", { objective: 99.9, bad: "sum(rate(bookings_failed_total[{{.window}}]))", total: sum(rate(counter("bookings_total"), window)) });
 */
export const window = "{{.window}}";
