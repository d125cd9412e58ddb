import type { FreshnessPromiseInput } from "@plinth/core";
import { type Operand, printPromqlLine } from "@plinth/metrics";

/** A freshness promise. */
export interface FreshnessOptions extends Omit<FreshnessPromiseInput, "kind" | "lastSuccess"> {
  /** The moment of the last success, in seconds since the epoch: PromQL as text or as a value. @default successes are counted: one within the time is enough */
  lastSuccess?: string | Operand;
}

/**
 * The promise that the last success is not too long ago, for so many percent of the time.
 *
 * @example
 * freshness({ objective: 99.5, within: "10m" });
 * freshness({ objective: 99, within: "26h", lastSuccess: "max(backup_last_success_timestamp_seconds)" });
 */
export function freshness({ lastSuccess, ...options }: FreshnessOptions): FreshnessPromiseInput {
  return {
    kind: "freshness",
    ...options,
    ...(lastSuccess === undefined
      ? {}
      : { lastSuccess: typeof lastSuccess === "string" ? lastSuccess : printPromqlLine(lastSuccess) }),
  };
}
