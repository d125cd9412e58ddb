import type { Metric } from "../catalogue/metric.ts";

/** A PromQL expression as plain data: made with `select`, `rate`, `sum` and the like, printed with `printPromql`. */
export type Expression =
  | NumberLiteral
  | TextLiteral
  | Selector
  | RangeSelector
  | FunctionCall
  | Aggregation
  | BinaryOperation
  | Negation
  | RawPromql;

/** What an operator, function or aggregation takes: an expression, a metric without matchers, or a number. */
export type Operand = Expression | Metric | number;

export interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
}

export interface TextLiteral {
  readonly kind: "text";
  readonly value: string;
}

/** The series of a metric whose labels match, at one moment. */
export interface Selector {
  readonly kind: "selector";
  /** Name of the series: for a histogram with its suffix. */
  readonly series: string;
  readonly matchers: readonly LabelMatcher[];
  /** How far back: a Prometheus duration. */
  readonly offset?: string;
}

export interface LabelMatcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** The same series over a stretch of time. Of anything but a selector it is a subquery. */
export interface RangeSelector {
  readonly kind: "range";
  readonly of: Expression;
  readonly range: string;
  /** Distance of a subquery's points; the evaluation interval when left out. */
  readonly step?: string;
}

export interface FunctionCall {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
}

export interface Aggregation {
  readonly kind: "aggregation";
  readonly operator: AggregationOperator;
  /** The number of `topk`, `bottomk`, `quantile`. */
  readonly parameter?: Expression;
  readonly of: Expression;
  readonly grouping?: Grouping;
}

export type AggregationOperator =
  | "sum"
  | "avg"
  | "min"
  | "max"
  | "count"
  | "group"
  | "stddev"
  | "stdvar"
  | "topk"
  | "bottomk"
  | "quantile"
  | "count_values"
  | "limitk"
  | "limit_ratio";

/** Which labels an aggregation keeps, or which it drops. */
export interface Grouping {
  readonly clause: "by" | "without";
  readonly labels: readonly string[];
}

export interface BinaryOperation {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** A comparison that gives 0 or 1 instead of dropping series. */
  readonly bool?: boolean;
  readonly matching?: VectorMatching;
}

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "atan2"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or"
  | "unless";

/** How series of the two sides find each other. */
export interface VectorMatching {
  readonly clause: "on" | "ignoring";
  readonly labels: readonly string[];
  /** The side that may have several series for one of the other, and the labels that it takes over. */
  readonly group?: { readonly side: "left" | "right"; readonly labels: readonly string[] };
}

export interface Negation {
  readonly kind: "negation";
  readonly of: Expression;
}

/** Text that somebody else vouches for. It is checked by `promqlFindings`, not here. */
export interface RawPromql {
  readonly kind: "raw";
  readonly text: string;
}
