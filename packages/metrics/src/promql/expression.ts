import type { Metric } from "../catalogue/metric.ts";

/**
 * A PromQL expression as plain data: made with `select`, `rate`, `sum` and the like, or from a text with `promql`; printed with `printPromql`.
 */
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

/** What every expression can carry. */
export interface Written {
  /** Pairs of parentheses that stand around it in the text, beyond those that its meaning needs. @default 0 */
  readonly parentheses?: number;
}

export interface NumberLiteral extends Written {
  readonly kind: "number";
  readonly value: number;
  /** Written as a duration: 300 as `5m`. */
  readonly duration?: true;
}

export interface TextLiteral extends Written {
  readonly kind: "text";
  readonly value: string;
}

/** When something is looked at, if not now. */
export interface Moment {
  /** How far back: a Prometheus duration, with `-` for ahead, or an expression of durations. */
  readonly offset?: string;
  /** The moment itself, in seconds since the epoch, or the beginning or the end of the query's range. */
  readonly at?: number | "start" | "end";
}

/** The series of a metric whose labels match, at one moment. */
export interface Selector extends Written, Moment {
  readonly kind: "selector";
  /** Name of the series: for a histogram with its suffix. Empty where only the matchers say which series. */
  readonly series: string;
  readonly matchers: readonly LabelMatcher[];
  /** How values at the ends of a range are found (experimental in Prometheus). */
  readonly ends?: "anchored" | "smoothed";
}

export interface LabelMatcher {
  readonly label: string;
  readonly operator: MatchOperator;
  readonly value: string;
}

export type MatchOperator = "=" | "!=" | "=~" | "!~";

/** The same series over a stretch of time. Of anything but a selector it is a subquery, whose moment is its own; a selector keeps its moment. */
export interface RangeSelector extends Written, Moment {
  readonly kind: "range";
  readonly of: Expression;
  readonly range: string;
  /** Distance of a subquery's points; the evaluation interval when left out. */
  readonly step?: string;
  /** A subquery without a step, of a selector: `up[5m:]`. */
  readonly subquery?: true;
}

export interface FunctionCall extends Written {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
}

export interface Aggregation extends Written {
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

export interface BinaryOperation extends Written {
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
  | "</"
  | ">/"
  | "and"
  | "or"
  | "unless";

/** How series of the two sides find each other. */
export interface VectorMatching {
  readonly clause: "on" | "ignoring";
  readonly labels: readonly string[];
  /** The side that may have several series for one of the other, and the labels that it takes over. */
  readonly group?: { readonly side: "left" | "right"; readonly labels: readonly string[] };
  /** Values for series that one side does not have (experimental in Prometheus). */
  readonly fill?: { readonly left?: number; readonly right?: number };
}

/** A sign before an expression. */
export interface Negation extends Written {
  readonly kind: "negation";
  readonly of: Expression;
  /** `+`, which changes nothing. @default `-` */
  readonly sign?: "+";
}

/** Text that somebody else vouches for, or a variable that is filled in later. It is checked by `promqlFindings`, not here. */
export interface RawPromql extends Written {
  readonly kind: "raw";
  readonly text: string;
}
