import type { Metric } from "../catalogue/metric.ts";
import type { FunctionCall, Operand, RangeSelector, Selector } from "./expression.ts";
import { expressionOf, over, textLiteral } from "./select.ts";

/** Series that can be looked at over time. */
export type Series = Metric | Selector;

/**
 * Any function of PromQL by its name. Whether there is one, and whether it takes this, says `promqlFindings`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 * @example
 * call("predict_linear", over(metric("node_filesystem_avail_bytes"), "6h"), 4 * 3600);
 */
export function call(name: string, ...args: readonly (Operand | string)[]): FunctionCall {
  return {
    kind: "call",
    name,
    arguments: args.map((argument) => (typeof argument === "string" ? textLiteral(argument) : expressionOf(argument))),
  };
}

/** A function of the samples in a range. */
export function overTime(name: string, series: Series | RangeSelector, range: string | undefined): FunctionCall {
  if ("kind" in series && series.kind === "range") return call(name, series);
  if (range === undefined) throw new TypeError(`${name} needs a range, for example "5m".`);
  return call(name, over(series, range));
}

/** Increase of a counter per second, averaged over the range. */
export function rate(series: Series, range: string): FunctionCall {
  return call("rate", over(series, range));
}

/** Increase of a counter per second between the last two samples. */
export function irate(series: Series, range: string): FunctionCall {
  return call("irate", over(series, range));
}

/** Increase of a counter over the range. */
export function increase(series: Series, range: string): FunctionCall {
  return call("increase", over(series, range));
}

/** Difference of a gauge between the beginning and the end of the range. */
export function delta(series: Series, range: string): FunctionCall {
  return call("delta", over(series, range));
}

/** The value of a gauge so many seconds from now, if it goes on as over the range. */
export function predictLinear(series: Series, range: string, seconds: number): FunctionCall {
  return call("predict_linear", over(series, range), seconds);
}

/** How often a gauge changed over the range. */
export function changes(series: Series, range: string): FunctionCall {
  return call("changes", over(series, range));
}

/** How often a counter was reset over the range. */
export function resets(series: Series, range: string): FunctionCall {
  return call("resets", over(series, range));
}

/** The mean of the samples in the range. */
export function avgOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("avg_over_time", series, range);
}

/** The least of the samples in the range. */
export function minOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("min_over_time", series, range);
}

/** The greatest of the samples in the range. */
export function maxOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("max_over_time", series, range);
}

/** The sum of the samples in the range. */
export function sumOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("sum_over_time", series, range);
}

/** The number of samples in the range. */
export function countOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("count_over_time", series, range);
}

/** The last sample in the range. */
export function lastOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("last_over_time", series, range);
}

/** 1 when the series had no sample in the range, nothing otherwise. */
export function absentOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("absent_over_time", series, range);
}

/** 1 when there is no such series, nothing otherwise. */
export function absent(operand: Operand): FunctionCall {
  return call("absent", operand);
}

/**
 * A quantile (0 to 1) from the buckets of a classic histogram. The operand keeps the label `le`.
 *
 * @example
 * histogramQuantile(0.95, sum(rate(bucketsOf(spanMetrics.duration), "5m"), { by: ["service_name", "le"] }));
 */
export function histogramQuantile(quantile: number, operand: Operand): FunctionCall {
  return call("histogram_quantile", quantile, operand);
}

/** Seconds since the epoch at the moment of evaluation. */
export function time(): FunctionCall {
  return call("time");
}

/** When each sample was taken, in seconds since the epoch. */
export function timestamp(operand: Operand): FunctionCall {
  return call("timestamp", operand);
}

/** A number as a series without labels. */
export function vector(operand: Operand): FunctionCall {
  return call("vector", operand);
}

/** The value of the only series as a number; NaN where there is none or more than one. */
export function scalar(operand: Operand): FunctionCall {
  return call("scalar", operand);
}

/** Values without their sign. */
export function abs(operand: Operand): FunctionCall {
  return call("abs", operand);
}

/** Values that are at least this. */
export function clampMin(operand: Operand, least: number): FunctionCall {
  return call("clamp_min", operand, least);
}

/** Values that are at most this. */
export function clampMax(operand: Operand, most: number): FunctionCall {
  return call("clamp_max", operand, most);
}

/** The series, the greatest value first. */
export function sortDesc(operand: Operand): FunctionCall {
  return call("sort_desc", operand);
}

/** Sets the label `to` from the label `from` where that matches the RE2 expression. */
export function labelReplace(
  operand: Operand,
  options: { readonly to: string; readonly replacement: string; readonly from: string; readonly matches: string },
): FunctionCall {
  return call("label_replace", operand, options.to, options.replacement, options.from, options.matches);
}
