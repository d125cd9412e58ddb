import type { LatencyPromiseInput, PromiseAlerts } from "@plinth/core";

/** A latency promise. */
export interface LatencyOptions {
  /** Percent of requests that are answered in time, above 0 and below 100: a percentile. */
  readonly percentile: number;
  /** The time that counts as fast, as a Prometheus duration: `200ms`. */
  readonly below: string;
  /** Unique within the service: needed for a second latency promise. @default "latency" */
  readonly name?: string;
  /** @default by tier: critical pages, high opens tickets, medium and low stay quiet */
  readonly alerts?: PromiseAlerts;
}

/**
 * The promise that so many percent of the requests are answered within a time.
 *
 * @example
 * latency({ percentile: 95, below: "200ms" });
 * latency({ name: "latency-tail", percentile: 99.9, below: "2s", alerts: "ticket" });
 */
export function latency({ percentile, below, name, alerts }: LatencyOptions): LatencyPromiseInput {
  return {
    kind: "latency",
    objective: percentile,
    below,
    ...(name === undefined ? {} : { name }),
    ...(alerts === undefined ? {} : { alerts }),
  };
}
