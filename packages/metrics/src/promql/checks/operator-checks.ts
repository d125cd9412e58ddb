import { boundsOf, constantOf, outcomesOf } from "../bounds.ts";
import { descriptionOf, type PromqlContext, seriesOf } from "../context.ts";
import type { BinaryOperation, Expression, VectorMatching } from "../expression.ts";
import { comparisonOperators, setOperators } from "../keywords.ts";
import { type ResultLabels, resultLabels } from "../labels.ts";
import { formatDecimal } from "../number.ts";
import type { Report } from "../report.ts";
import { valueTypeOf } from "../types.ts";
import { reportLabel } from "./function-checks.ts";

/** Whether the sides of an operator can find each other, and whether a comparison can hold. */
export function checkOperator(operation: BinaryOperation, context: PromqlContext, report: Report): void {
  const { operator, left, right } = operation;
  if (comparisonOperators.has(operator)) checkComparison(operation, context, report);
  if (valueTypeOf(left) !== "vector" || valueTypeOf(right) !== "vector") return;
  const sides = [resultLabels(left, context), resultLabels(right, context)] as const;
  const { matching } = operation;
  if (matching?.clause === "on") checkOn(operation, matching, sides, report);
  else checkEqualLabels(operation, matching?.labels ?? [], sides, report);
  if (matching?.group !== undefined) checkGroup(matching.group, sides, report);
  if (!setOperators.has(operator) && matching?.fill === undefined) checkSeveral(operation, sides, report);
}

type Sides = readonly [left: ResultLabels, right: ResultLabels];

function checkOn({ operator }: BinaryOperation, { labels }: VectorMatching, sides: Sides, report: Report): void {
  const [left, right] = sides;
  for (const [index, label] of labels.entries()) {
    const lacking = sides.flatMap(({ possible }, side) =>
      possible === undefined || possible.has(label) ? [] : [side],
    );
    const [side] = lacking;
    // `or` gives what the other side lacks: that one side has no such label is then its point.
    if (side === undefined || (operator === "or" && lacking.length < 2)) continue;
    if (lacking.length === 2) {
      reportLabel(labels, label, new Set([...(left.possible ?? []), ...(right.possible ?? [])]), report, index);
      continue;
    }
    const { possible } = side === 0 ? left : right;
    report(labels, {
      rule: "matching",
      message: `on (${label}): the ${side === 0 ? "left" : "right"} side never has the label ${JSON.stringify(label)}`,
      expected: "labels that both sides have",
      ...(possible === undefined || possible.size === 0 ? {} : { hint: `It has ${[...possible].sort().join(", ")}.` }),
      index,
    });
  }
}

/** Without `on`, series meet whose labels are all equal: a label that one side has and the other cannot have keeps them apart. */
function checkEqualLabels(
  operation: BinaryOperation,
  ignored: readonly string[],
  [left, right]: Sides,
  report: Report,
): void {
  const { operator } = operation;
  if (operator === "or") return;
  for (const [side, here, there] of [
    ["left", left, right],
    ["right", right, left],
  ] as const) {
    const { possible } = there;
    if (possible === undefined) continue;
    const only = [...here.certain].filter((label) => !possible.has(label) && !ignored.includes(label));
    if (only.length === 0) continue;
    const common = [...here.certain].filter((label) => possible.has(label) && !ignored.includes(label)).sort();
    report(operation, {
      rule: "matching",
      message: `the sides of ${JSON.stringify(operator)} never meet: only the ${side} one has ${only.length === 1 ? "the label" : "the labels"} ${only.sort().join(", ")}`,
      expected: "labels that both sides have, or a clause that says by which they meet",
      example: `${operator} on (${common.join(", ")})${setOperators.has(operator) ? "" : ` group_${side} ()`}`,
    });
    return;
  }
}

function checkGroup(
  { side, labels }: NonNullable<VectorMatching["group"]>,
  [left, right]: Sides,
  report: Report,
): void {
  const { possible } = side === "left" ? right : left;
  if (possible === undefined) return;
  labels.forEach((label, index) => {
    if (possible.has(label)) return;
    report(labels, {
      rule: "matching",
      message: `group_${side} (${label}): the ${side === "left" ? "right" : "left"} side has no label ${JSON.stringify(label)} to take over`,
      expected: possible.size === 0 ? "no label: it has none" : `one of ${[...possible].sort().join(", ")}`,
      index,
    });
  });
}

/** The side of which each series must be the only one of its group. */
function checkSeveral(operation: BinaryOperation, [left, right]: Sides, report: Report): void {
  const { operator, matching } = operation;
  if (matching === undefined) return;
  const { clause, labels, group } = matching;
  const apart = (label: string): boolean => (clause === "on") === labels.includes(label);
  for (const [side, { several }] of [
    ["left", left],
    ["right", right],
  ] as const) {
    if (group?.side === side) continue;
    const label = [...several].find((name) => !apart(name));
    if (label === undefined) continue;
    report(operation, {
      rule: "matching",
      message: `the ${side} side of ${JSON.stringify(operator)} has several series for one of the other: they differ in ${label}`,
      expected: group === undefined ? `group_${side} (), or one series for each group` : "one series for each group",
      example:
        group === undefined
          ? `${operator} ${clause} (${labels.join(", ")}) group_${side} ()`
          : `max by (${labels.join(", ")}) (…)`,
    });
    return;
  }
}

function checkComparison(operation: BinaryOperation, context: PromqlContext, report: Report): void {
  const { operator, left, right, bool } = operation;
  const bounds = [boundsOf(left, context), boundsOf(right, context)] as const;
  const outcomes = outcomesOf(operator, ...bounds);
  if (!outcomes.true)
    report(operation, {
      rule: "impossible",
      message: `${comparisonInWords(operation)} is never true: ${valuesInWords(left, bounds[0])}`,
      expected: "a comparison that can hold",
      ...(counts(left)
        ? { hint: "Where nothing is, count gives nothing, not 0: use absent(…), or add `or vector(0)`." }
        : {}),
    });
  else if (!outcomes.false && context.hints === true && bool !== true)
    report(operation, {
      rule: "always",
      severity: "warning",
      message: `${comparisonInWords(operation)} is always true: ${valuesInWords(left, bounds[0])}`,
      expected: "a comparison that can fail",
    });
  if (context.hints !== true) return;
  const counter = [left, right].find(
    (side) => side.kind === "selector" && descriptionOf(side, context)?.type === "counter",
  );
  const other = counter === left ? right : left;
  if (counter?.kind === "selector" && constantOf(other) !== undefined && constantOf(other) !== 0)
    report(counter, {
      rule: "raw-counter",
      severity: "warning",
      message: `the counter ${seriesOf(counter)} is compared as it stands: it begins again at 0 with each restart`,
      expected: "its increase",
      example: `increase(${seriesOf(counter)}[1h])`,
    });
}

function counts(expression: Expression): boolean {
  return expression.kind === "aggregation" && expression.operator === "count";
}

function comparisonInWords({ operator, right }: BinaryOperation): string {
  const value = constantOf(right);
  return `${operator} ${value === undefined ? "the right side" : formatDecimal(value)}`;
}

function valuesInWords(left: Expression, { least, most }: { readonly least: number; readonly most: number }): string {
  const what = constantOf(left) === undefined ? "the left side" : "the number";
  if (least === most) return `${what} is ${formatDecimal(least)}`;
  if (most === Number.POSITIVE_INFINITY) return `${what} is at least ${formatDecimal(least)}`;
  if (least === Number.NEGATIVE_INFINITY) return `${what} is at most ${formatDecimal(most)}`;
  return `${what} is between ${formatDecimal(least)} and ${formatDecimal(most)}`;
}
