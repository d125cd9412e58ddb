import type { Aggregation, AggregationOperator, Grouping, Operand } from "./expression.ts";
import { expressionOf, textLiteral } from "./select.ts";

/** Which labels stay (`by`) or go (`without`). Without either, all go. */
export type AggregationOptions =
  | { readonly by?: readonly string[]; readonly without?: never }
  | { readonly without: readonly string[]; readonly by?: never };

function aggregation(
  operator: AggregationOperator,
  operand: Operand,
  options: AggregationOptions,
  parameter?: Operand,
): Aggregation {
  const grouping = groupingOf(options);
  return {
    kind: "aggregation",
    operator,
    ...(parameter === undefined ? {} : { parameter: expressionOf(parameter) }),
    of: expressionOf(operand),
    ...(grouping === undefined ? {} : { grouping }),
  };
}

function groupingOf(options: AggregationOptions): Grouping | undefined {
  if (options.without !== undefined) return { clause: "without", labels: options.without };
  return options.by === undefined || options.by.length === 0 ? undefined : { clause: "by", labels: options.by };
}

/**
 * The sum over all series, or for each combination of the labels that stay.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators
 * @example
 * sum(rate(spanMetrics.calls, "5m"), { by: ["service_name"] });
 */
export function sum(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("sum", operand, options);
}

/** The mean of all series, or for each combination of the labels that stay. */
export function avg(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("avg", operand, options);
}

/** The least of all series, or for each combination of the labels that stay. */
export function min(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("min", operand, options);
}

/** The greatest of all series, or for each combination of the labels that stay. */
export function max(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("max", operand, options);
}

/** The number of series. */
export function count(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("count", operand, options);
}

/** 1 for each combination of the labels that stay. */
export function group(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("group", operand, options);
}

/** The series with the greatest values. */
export function topk(number: number, operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("topk", operand, options, number);
}

/** The series with the smallest values. */
export function bottomk(number: number, operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("bottomk", operand, options, number);
}

/** A quantile (0 to 1) over series: not over a histogram, see `histogramQuantile`. */
export function quantile(share: number, operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("quantile", operand, options, share);
}

/** The standard deviation of all series, or for each combination of the labels that stay. */
export function stddev(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("stddev", operand, options);
}

/** The variance of all series, or for each combination of the labels that stay. */
export function stdvar(operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("stdvar", operand, options);
}

/**
 * How many series have each value, which becomes a label.
 *
 * @example
 * countValues("replicas", metric("kube_deployment_spec_replicas"));
 */
export function countValues(label: string, operand: Operand, options: AggregationOptions = {}): Aggregation {
  const grouping = groupingOf(options);
  return {
    kind: "aggregation",
    operator: "count_values",
    parameter: textLiteral(label),
    of: expressionOf(operand),
    ...(grouping === undefined ? {} : { grouping }),
  };
}

/** Some of the series, always the same (experimental in Prometheus). */
export function limitk(number: number, operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("limitk", operand, options, number);
}

/** A share (0 to 1) of the series, always the same (experimental in Prometheus). */
export function limitRatio(share: number, operand: Operand, options: AggregationOptions = {}): Aggregation {
  return aggregation("limit_ratio", operand, options, share);
}
