import type { FunctionCall, Operand, RangeSelector } from "./expression.ts";
import { call, overTime, type Series } from "./functions.ts";
import { expressionOf, over } from "./select.ts";

/** Values rounded up to whole numbers. */
export function ceil(operand: Operand): FunctionCall {
  return call("ceil", operand);
}

/** Values rounded down to whole numbers. */
export function floor(operand: Operand): FunctionCall {
  return call("floor", operand);
}

/** e to the power of each value. */
export function exp(operand: Operand): FunctionCall {
  return call("exp", operand);
}

/** The natural logarithm of each value. */
export function ln(operand: Operand): FunctionCall {
  return call("ln", operand);
}

/** The logarithm of each value to the base 2. */
export function log2(operand: Operand): FunctionCall {
  return call("log2", operand);
}

/** The logarithm of each value to the base 10. */
export function log10(operand: Operand): FunctionCall {
  return call("log10", operand);
}

/** The square root of each value. */
export function sqrt(operand: Operand): FunctionCall {
  return call("sqrt", operand);
}

/** 1 for values above 0, -1 for those below, 0 for 0. */
export function sgn(operand: Operand): FunctionCall {
  return call("sgn", operand);
}

/** The series, the smallest value first. */
export function sort(operand: Operand): FunctionCall {
  return call("sort", operand);
}

/** The number of observations of native histograms. */
export function histogramCount(operand: Operand): FunctionCall {
  return call("histogram_count", operand);
}

/** The sum of the observations of native histograms. */
export function histogramSum(operand: Operand): FunctionCall {
  return call("histogram_sum", operand);
}

/** The mean of the observations of native histograms. */
export function histogramAvg(operand: Operand): FunctionCall {
  return call("histogram_avg", operand);
}

/** The estimated standard deviation of the observations of native histograms. */
export function histogramStddev(operand: Operand): FunctionCall {
  return call("histogram_stddev", operand);
}

/** The first sample in the range. */
export function firstOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("first_over_time", series, range);
}

/** 1 for each series that has a sample in the range. */
export function presentOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("present_over_time", series, range);
}

/** The standard deviation of the samples in the range. */
export function stddevOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("stddev_over_time", series, range);
}

/** The variance of the samples in the range. */
export function stdvarOverTime(series: Series | RangeSelector, range?: string): FunctionCall {
  return overTime("stdvar_over_time", series, range);
}

/** A quantile (0 to 1) of the samples in the range. */
export function quantileOverTime(quantile: number, series: Series | RangeSelector, range?: string): FunctionCall {
  const { arguments: samples } = overTime("quantile_over_time", series, range);
  return { kind: "call", name: "quantile_over_time", arguments: [expressionOf(quantile), ...samples] };
}

/** Change of a gauge per second, by a straight line through the samples of the range. */
export function deriv(series: Series, range: string): FunctionCall {
  return call("deriv", over(series, range));
}

/** Difference of a gauge between the last two samples. */
export function idelta(series: Series, range: string): FunctionCall {
  return call("idelta", over(series, range));
}

/** Values rounded to the nearest multiple. */
export function round(operand: Operand, to = 1): FunctionCall {
  return to === 1 ? call("round", operand) : call("round", operand, to);
}

/** Values that are at least and at most this. */
export function clamp(operand: Operand, least: number, most: number): FunctionCall {
  return call("clamp", operand, least, most);
}

/**
 * The share of observations between two bounds, from a histogram: of a classic one the operand keeps the label `le`.
 *
 * @example
 * histogramFraction(0, 0.2, sum(rate(bucketsOf(spanMetrics.duration), "5m"), { by: ["le"] }));
 */
export function histogramFraction(least: number, most: number, operand: Operand): FunctionCall {
  return call("histogram_fraction", least, most, operand);
}

/** Sets the label `to` to the values of other labels, with a text between them. */
export function labelJoin(
  operand: Operand,
  options: { readonly to: string; readonly separator: string; readonly from: readonly string[] },
): FunctionCall {
  return call("label_join", operand, options.to, options.separator, ...options.from);
}
