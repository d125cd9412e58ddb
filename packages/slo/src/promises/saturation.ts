import type { SaturatedResource, SaturationPromiseInput } from "@plinth/core";
import { type Operand, printPromqlLine } from "@plinth/metrics";

/** A saturation promise. */
export interface SaturationOptions extends Omit<SaturationPromiseInput, "kind" | "of"> {
  /** A resource of the service's containers, the fullest against its limit; or a share from 0 to 1, as PromQL text or as a value. */
  of: SaturatedResource | { promql: string } | Operand;
}

/**
 * The promise that a resource is used below so many percent of its limit, for so many percent of the time.
 *
 * @example
 * saturation({ objective: 99, of: "memory", below: 90 });
 */
export function saturation({ of, ...options }: SaturationOptions): SaturationPromiseInput {
  const resource = typeof of === "string" || (typeof of === "object" && "promql" in of);
  return { kind: "saturation", ...options, of: resource ? of : { promql: printPromqlLine(of) } };
}
