import type { ConsequenceReader } from "../consequence.ts";
import type { Prices } from "./prices.ts";
import { limitRangeChanges, priorityChanges, quotaChanges } from "./quota-changes.ts";
import { workloadChanges } from "./workload-changes.ts";

/** What a change means for how much may be used, and what is reserved: in CPU, memory and storage. */
export const capacityConsequences: ConsequenceReader = capacityConsequencesAt(undefined);

/** The same, with what it costs. */
export function capacityConsequencesAt(prices: Prices | undefined): ConsequenceReader {
  return (comparison) =>
    comparison.environments.flatMap((environment) => [
      ...quotaChanges(comparison, environment),
      ...limitRangeChanges(comparison, environment),
      ...priorityChanges(comparison, environment),
      ...workloadChanges(comparison, environment, prices),
    ]);
}
