import type { Unit } from "./units.ts";

/** Units of shares of a whole. */
export const shareUnits: ReadonlySet<string> = new Set<Unit>(["percentunit", "percent"]);

/**
 * Whether PromQL may give a number below 0: a difference, a trend, what is left of an error budget. Everything else that is a share begins at 0.
 */
export function mayBeNegative(promql: string): boolean {
  const bare = promql.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\[[^\]]*\]/g, "");
  return /-|\b(?:i?delta|deriv|predict_linear|double_exponential_smoothing|slo:\w*budget\w*)\b/.test(bare);
}
