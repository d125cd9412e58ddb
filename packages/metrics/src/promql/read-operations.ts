import type {
  AggregationOperator,
  BinaryOperation,
  Expression,
  Grouping,
  RangeSelector,
  Selector,
} from "./expression.ts";
import { comparisonOperators, setOperators } from "./keywords.ts";
import { type Modifiers, refuse } from "./label-reader.ts";
import { aggregationParameters } from "./signatures.ts";
import { valueTypeOf } from "./types.ts";

/** Whose moment `offset` and `@` change: a range leaves it to its selector. */
export function momentOf(expression: Expression): Selector | RangeSelector | undefined {
  if (expression.parentheses !== undefined) return undefined;
  if (expression.kind === "selector") return expression;
  if (expression.kind !== "range") return undefined;
  return isSubquery(expression) || expression.of.kind !== "selector" ? expression : expression.of;
}

function isSubquery({ of, step, subquery }: RangeSelector): boolean {
  return step !== undefined || subquery === true || of.kind !== "selector";
}

/** An aggregation, where it has as many operands as it takes. */
export function aggregationOf(
  operator: AggregationOperator,
  list: readonly Expression[],
  grouping: Grouping | undefined,
  at: number,
): Expression {
  const expected = aggregationParameters.has(operator) ? 2 : 1;
  const [first, second] = list;
  const of = expected === 2 ? second : first;
  if (list.length !== expected || of === undefined || first === undefined)
    return refuse(
      `${operator} takes ${expected === 2 ? "a parameter and an operand" : "one operand"}, and here ${list.length === 1 ? "is 1" : `are ${list.length}`}`,
      at,
    );
  return {
    kind: "aggregation",
    operator,
    ...(expected === 2 ? { parameter: first } : {}),
    of,
    ...(grouping === undefined ? {} : { grouping }),
  };
}

/** An operation, where its clauses go together. */
export function binaryOf(
  operator: BinaryOperation["operator"],
  left: Expression,
  right: Expression,
  { bool, matching }: Modifiers,
  at: number,
): BinaryOperation {
  if (bool && !comparisonOperators.has(operator)) refuse("bool goes with comparisons only", at);
  if (matching === undefined)
    return bool ? { kind: "binary", operator, left, right, bool } : { kind: "binary", operator, left, right };
  const { clause, labels, group, fill } = matching;
  const ofVectors = valueTypeOf(left) !== "scalar" && valueTypeOf(right) !== "scalar";
  if (clause === "on" && group?.labels.some((label) => labels.includes(label)))
    refuse("a label stands in on and in the group clause", at);
  if (!ofVectors && labels.length > 0) refuse("only series can be matched by labels", at);
  if (fill !== undefined && (!ofVectors || setOperators.has(operator)))
    refuse("fill goes with operators between series only", at);
  if (ofVectors && group !== undefined && setOperators.has(operator)) refuse(`${operator} cannot group`, at);
  // Prometheus forgets an empty clause between numbers.
  return { kind: "binary", operator, left, right, ...(bool ? { bool } : {}), ...(ofVectors ? { matching } : {}) };
}
