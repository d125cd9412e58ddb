import type { ThroughputPromiseInput } from "@plinth/core";

/** A throughput promise. */
export type ThroughputOptions = Omit<ThroughputPromiseInput, "kind">;

/**
 * The promise that enough is done, for so many percent of the time: no traffic at all breaks it.
 *
 * @example
 * throughput({ objective: 99, atLeast: 30, per: "1m" });
 */
export function throughput(options: ThroughputOptions): ThroughputPromiseInput {
  return { kind: "throughput", ...options };
}
