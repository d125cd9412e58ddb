import type { BinaryOperation, BinaryOperator, Negation, Operand, VectorMatching } from "./expression.ts";
import { expressionOf } from "./select.ts";

/**
 * How the series of both sides find each other: on these labels, or on all but these. `groupLeft` lets several series of the left side meet one of
 * the right, and takes these labels over from it; `groupRight` the other way round.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
 */
export interface MatchingOptions {
  readonly on?: readonly string[];
  readonly ignoring?: readonly string[];
  readonly groupLeft?: readonly string[];
  readonly groupRight?: readonly string[];
}

export interface ComparisonOptions extends MatchingOptions {
  /** 0 or 1 for each series instead of dropping those that do not compare. @default false */
  readonly bool?: boolean;
}

function binary(operator: BinaryOperator, left: Operand, right: Operand, options: ComparisonOptions): BinaryOperation {
  const matching = matchingOf(options);
  return {
    kind: "binary",
    operator,
    left: expressionOf(left),
    right: expressionOf(right),
    ...(options.bool === true ? { bool: true } : {}),
    ...(matching === undefined ? {} : { matching }),
  };
}

function matchingOf({ on, ignoring, groupLeft, groupRight }: MatchingOptions): VectorMatching | undefined {
  if (on === undefined && ignoring === undefined && groupLeft === undefined && groupRight === undefined)
    return undefined;
  const group =
    groupLeft !== undefined
      ? { side: "left" as const, labels: groupLeft }
      : groupRight !== undefined
        ? { side: "right" as const, labels: groupRight }
        : undefined;
  const match =
    on !== undefined ? { clause: "on" as const, labels: on } : { clause: "ignoring" as const, labels: ignoring ?? [] };
  return group === undefined ? match : { ...match, group };
}

/** Left and right together, series by series. */
export function add(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("+", left, right, options);
}

/** Left less right, series by series. */
export function subtract(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("-", left, right, options);
}

/** Left times right, series by series. */
export function multiply(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("*", left, right, options);
}

/**
 * Left by right, series by series.
 *
 * @example
 * divide(sum(rate(select(spanMetrics.calls, { status_code: spanMetrics.statuses.error }), "5m")), sum(rate(spanMetrics.calls, "5m")));
 */
export function divide(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("/", left, right, options);
}

/** The remainder of left divided by right, series by series. */
export function modulo(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("%", left, right, options);
}

/** Left to the power of right, series by series. */
export function power(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("^", left, right, options);
}

/** The angle of left over right, in radians, series by series. */
export function atan2(left: Operand, right: Operand, options: MatchingOptions = {}): BinaryOperation {
  return binary("atan2", left, right, options);
}

/** Those series of the left side that are equal. */
export function equal(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary("==", left, right, options);
}

/** Those series of the left side that are not equal. */
export function notEqual(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary("!=", left, right, options);
}

/**
 * Those series of the left side that are greater.
 *
 * @example
 * greaterThan(increase(metric("kube_pod_container_status_restarts_total"), "15m"), 3);
 */
export function greaterThan(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary(">", left, right, options);
}

/** Those series of the left side that are greater or equal. */
export function greaterOrEqual(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary(">=", left, right, options);
}

/** Those series of the left side that are less. */
export function lessThan(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary("<", left, right, options);
}

/** Those series of the left side that are less or equal. */
export function lessOrEqual(left: Operand, right: Operand, options: ComparisonOptions = {}): BinaryOperation {
  return binary("<=", left, right, options);
}

/** Series of the left side that the right side has, too. */
export function and(
  left: Operand,
  right: Operand,
  options: Pick<MatchingOptions, "on" | "ignoring"> = {},
): BinaryOperation {
  return binary("and", left, right, options);
}

/** Series of the left side, and those of the right side that the left does not have. */
export function or(
  left: Operand,
  right: Operand,
  options: Pick<MatchingOptions, "on" | "ignoring"> = {},
): BinaryOperation {
  return binary("or", left, right, options);
}

/** Series of the left side that the right side does not have. */
export function unless(
  left: Operand,
  right: Operand,
  options: Pick<MatchingOptions, "on" | "ignoring"> = {},
): BinaryOperation {
  return binary("unless", left, right, options);
}

/** The operand with the other sign. */
export function negative(operand: Operand): Negation {
  return { kind: "negation", of: expressionOf(operand) };
}
