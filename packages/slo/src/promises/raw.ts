import type { RawPromiseInput } from "@plinth/core";
import { type Operand, printPromqlLine } from "@plinth/metrics";
import type { EventTerms } from "./events.ts";

/** A promise whose share of what is bad somebody else computes. */
export interface RawOptions extends EventTerms {
  /** A share from 0 to 1 over the range `{{.window}}`: PromQL as text or as a value. */
  errorRatio: string | Operand;
}

/**
 * The promise that a share stays low that somebody else computes.
 *
 * @example
 * raw("probe", { objective: 99.9, errorRatio: "1 - avg_over_time(probe_success[{{.window}}])" });
 */
export function raw(name: string, { errorRatio, ...terms }: RawOptions): RawPromiseInput {
  return {
    kind: "raw",
    name,
    ...terms,
    errorRatio: typeof errorRatio === "string" ? errorRatio : printPromqlLine(errorRatio),
  };
}
