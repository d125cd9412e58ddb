import type { AggregationOperator, BinaryOperator } from "./expression.ts";

/** How tightly each operator binds. */
export const precedence: Readonly<Record<BinaryOperator, number>> = {
  // https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "</": 3,
  ">/": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

/** The operators that compare. */
export const comparisonOperators: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** The operators on sets of series. */
export const setOperators: ReadonlySet<string> = new Set(["and", "or", "unless"]);

const aggregations: Readonly<Record<AggregationOperator, true>> = {
  sum: true,
  avg: true,
  min: true,
  max: true,
  count: true,
  group: true,
  stddev: true,
  stdvar: true,
  topk: true,
  bottomk: true,
  quantile: true,
  count_values: true,
  limitk: true,
  limit_ratio: true,
};

export function isAggregation(word: string): word is AggregationOperator {
  return Object.hasOwn(aggregations, word);
}

export function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(precedence, text);
}

// promql/parser/generated_parser.y: the keywords that are missing in `metric_identifier`, and the numbers.
const neverMetrics: ReadonlySet<string> = new Set([
  "atan2",
  "bool",
  "group_left",
  "group_right",
  "ignoring",
  "on",
  "inf",
  "nan",
]);

/** Whether a word, whatever its capitals, cannot stand for a metric. */
export function isReserved(word: string): boolean {
  return neverMetrics.has(word.toLowerCase());
}
