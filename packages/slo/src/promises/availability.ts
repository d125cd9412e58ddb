import type { AvailabilityPromiseInput, PromiseAlerts } from "@plinth/core";

/** An availability promise in full. */
export interface AvailabilityOptions {
  /** Percent of requests that end without an error of the server, above 0 and below 100. */
  readonly objective: number;
  /** Unique within the service. @default "availability" */
  readonly name?: string;
  /** @default by tier: critical pages, high opens tickets, medium and low stay quiet */
  readonly alerts?: PromiseAlerts;
}

/**
 * The promise that so many percent of the requests end without an error of the server.
 *
 * @example
 * availability(99.9);
 * availability({ objective: 99.5, alerts: "ticket" });
 */
export function availability(objective: number | AvailabilityOptions): AvailabilityPromiseInput {
  return typeof objective === "number" ? { kind: "availability", objective } : { kind: "availability", ...objective };
}
