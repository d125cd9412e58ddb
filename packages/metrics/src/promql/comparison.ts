import { constantOf } from "./bounds.ts";
import type { BinaryOperation, Expression, Operand } from "./expression.ts";
import { comparisonOperators } from "./keywords.ts";
import { parsePromql } from "./promql.ts";
import { expressionOf } from "./select.ts";

/** Operators that compare. */
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** A comparison taken apart. */
export interface Comparison {
  /** What is compared, without the limit. */
  readonly measured: Expression;
  /** How, with the measured side on the left. */
  readonly operator: ComparisonOperator;
  readonly threshold: Expression;
  /** The threshold as a number, where it is one whatever the series. */
  readonly value?: number;
  /** What must hold beside it (`and`), and what must not (`unless`), the outermost first. */
  readonly guards: readonly { readonly operator: "and" | "unless"; readonly expression: Expression }[];
}

const turnedRound: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/**
 * Takes an expression apart whose outermost operation is a comparison, perhaps inside `and` and `unless`: what an alert measures, and its
 * threshold. `undefined` for anything else, and for a comparison with `bool`, which gives another value.
 *
 * @example
 * comparisonOf(greaterThan(increase(metric("kube_pod_container_status_restarts_total"), "15m"), 3))?.value; // 3
 */
export function comparisonOf(operand: Operand): Comparison | undefined {
  const expression = readable(expressionOf(operand));
  if (expression.kind !== "binary") return undefined;
  const { operator, left, right } = expression;
  if (operator === "and" || operator === "unless") {
    const inner = comparisonOf(left);
    return inner === undefined ? undefined : { ...inner, guards: [{ operator, expression: right }, ...inner.guards] };
  }
  if (!isComparison(operator) || expression.bool === true) return undefined;
  const [leftValue, rightValue] = [constantOf(left), constantOf(right)];
  const sides =
    leftValue !== undefined && rightValue === undefined
      ? { measured: right, operator: turnedRound[operator], threshold: left, value: leftValue }
      : { measured: left, operator, threshold: right, ...(rightValue === undefined ? {} : { value: rightValue }) };
  return { ...sides, guards: [] };
}

function readable(expression: Expression): Expression {
  return expression.kind === "raw" ? (parsePromql(expression.text).expression ?? expression) : expression;
}

function isComparison(operator: BinaryOperation["operator"]): operator is ComparisonOperator {
  return comparisonOperators.has(operator);
}
