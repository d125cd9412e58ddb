import type { LatencyPromiseInput } from "@plinth/core";

/** A latency promise. */
export interface LatencyOptions extends Omit<LatencyPromiseInput, "kind" | "objective"> {
  /** Percent of requests that are answered in time, above 0 and below 100: a percentile. */
  percentile: number;
}

/**
 * The promise that so many percent of the requests are answered within a time.
 *
 * @example
 * latency({ percentile: 95, below: "200ms" });
 * latency({ name: "latency-tail", percentile: 99.9, below: "2s", alerts: "ticket" });
 * latency({ name: "points", percentile: 99, below: "300ms", route: "/points/**", histogram: "native" });
 */
export function latency({ percentile, ...options }: LatencyOptions): LatencyPromiseInput {
  return { kind: "latency", objective: percentile, ...options };
}
