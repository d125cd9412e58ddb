import type { EventsPromiseInput, PromiseTermsInput } from "@plinth/core";
import { type Operand, printPromqlLine, rate, sum } from "@plinth/metrics";
import { window } from "./window.ts";

/**
 * What counts events: PromQL as text or as a value, for each second and over the range `{{.window}}`. A counter alone (`counter`, `select`, a metric) is
 * taken as the sum of its rates.
 */
export type EventQuery = string | Operand;

/** What promises about events of one's own say beside their queries. */
export interface EventTerms extends PromiseTermsInput {
  /** What most of the events do, in words: `syncs succeed`. @default "the events of <name> are good" */
  what?: string;
}

/** A promise about events of one's own: those that are bad, or those that are good, and all of them. */
export type EventsOptions = EventTerms & { total: EventQuery } & (
    | { bad: EventQuery; good?: never }
    | { good: EventQuery; bad?: never }
  );

/**
 * The promise that so many percent of events are good, whatever an event is.
 *
 * @example
 * events("points-booked", {
 *   objective: 99.99,
 *   bad: counter("loyalty_bookings_failed_total"),
 *   total: counter("loyalty_bookings_total"),
 * });
 * events("mails-sent", {
 *   objective: 99,
 *   good: 'sum(rate(mails_total{state="sent"}[{{.window}}]))',
 *   total: "sum(rate(mails_total[{{.window}}]))",
 * });
 */
export function events(name: string, { bad, good, total, ...terms }: EventsOptions): EventsPromiseInput {
  return {
    kind: "events",
    name,
    ...terms,
    ...(bad === undefined ? {} : { bad: queryText(bad) }),
    ...(good === undefined ? {} : { good: queryText(good) }),
    total: queryText(total),
  };
}

/** The text of a query. */
export function queryText(query: EventQuery): string {
  if (typeof query === "string") return query;
  if (typeof query === "number") return printPromqlLine(query);
  if ("kind" in query && query.kind !== "selector") return printPromqlLine(query);
  return printPromqlLine(sum(rate(query, window)));
}
