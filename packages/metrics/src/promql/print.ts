import type {
  Aggregation,
  BinaryOperation,
  BinaryOperator,
  Expression,
  Operand,
  RangeSelector,
  Selector,
  VectorMatching,
} from "./expression.ts";
import { formatDecimal } from "./number.ts";
import { isPlainMetricName, printLabelName, quotePromql } from "./quote.ts";
import { expressionOf } from "./select.ts";

// promql/parser/prettier.go: longer ones are split.
const MAX_CHARACTERS = 100;

// https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operator-precedence
const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

/**
 * The text of an expression, as `promtool promql format` writes it: on one line up to 100 characters, split and indented beyond.
 *
 * @example
 * printPromql(rate(select(spanMetrics.calls, { service_name: "checkout" }), "5m"));
 * // rate(traces_span_metrics_calls_total{service_name="checkout"}[5m])
 */
export function printPromql(operand: Operand): string {
  return pretty(node(expressionOf(operand)), 0);
}

/** The text of an expression on one line. */
export function printPromqlLine(operand: Operand): string {
  return node(expressionOf(operand)).line;
}

/** An expression as text on one line, and its parts for when that is too long. */
interface Node {
  readonly line: string;
  /** The lines at a depth of indentation, when it must be split. */
  readonly split?: (level: number) => string;
  /** Stands at the beginning of its line: prettier.go does not indent a subquery that fits. */
  readonly flush?: boolean;
}

const indent = (level: number): string => "  ".repeat(level);
const tooLong = (line: string): boolean => Buffer.byteLength(line) > MAX_CHARACTERS;

function pretty({ line, split, flush }: Node, level: number): string {
  if (split !== undefined && tooLong(line)) return split(level);
  return flush === true ? line : `${indent(level)}${line}`;
}

function node(expression: Expression): Node {
  switch (expression.kind) {
    case "number":
      return { line: formatDecimal(expression.value) };
    case "text":
      return { line: quotePromql(expression.value) };
    case "selector":
      return { line: `${selectorLine(expression)}${offsetSuffix(expression)}` };
    case "range":
      return rangeNode(expression);
    case "call":
      return argumentsNode(expression.name, expression.arguments.map(node));
    case "aggregation":
      return aggregationNode(expression);
    case "binary":
      return binaryNode(expression);
    case "negation":
      return expression.of.kind === "number"
        ? node({ ...expression.of, value: -expression.of.value })
        : negationNode(expression.of);
    case "raw":
      return { line: expression.text };
  }
}

function selectorLine({ series, matchers }: Selector): string {
  const plain = isPlainMetricName(series);
  const conditions = plain ? matchers : [...matchers, { label: "__name__", operator: "=" as const, value: series }];
  const printed = conditions.map(
    ({ label, operator, value }) => `${printLabelName(label)}${operator}${quotePromql(value)}`,
  );
  return `${plain ? series : ""}${printed.length === 0 ? "" : `{${printed.sort(byBytes).join(",")}}`}`;
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function offsetSuffix({ offset }: Selector): string {
  return offset === undefined ? "" : ` offset ${offset}`;
}

function rangeNode({ of, range, step }: RangeSelector): Node {
  if (of.kind === "selector" && step === undefined) return { line: `${selectorLine(of)}[${range}]${offsetSuffix(of)}` };
  const inner =
    of.kind === "binary" || of.kind === "negation" || of.kind === "raw" || of.kind === "number"
      ? parenthesised(node(of))
      : node(of);
  const suffix = `[${range}:${step ?? ""}]`;
  return { line: `${inner.line}${suffix}`, split: (level) => `${pretty(inner, level)}${suffix}`, flush: true };
}

function argumentsNode(name: string, parts: readonly Node[]): Node {
  return {
    line: `${name}(${parts.map(({ line }) => line).join(", ")})`,
    split: (level) =>
      `${indent(level)}${name}(\n${parts.map((part) => pretty(part, level + 1)).join(",\n")}\n${indent(level)})`,
  };
}

function aggregationNode({ operator, grouping, parameter, of }: Aggregation): Node {
  // promtool leaves an empty `by` out; an empty `without` keeps all labels.
  const plain = grouping === undefined || (grouping.clause === "by" && grouping.labels.length === 0);
  const head = plain ? operator : `${operator} ${grouping.clause} (${grouping.labels.map(printLabelName).join(", ")}) `;
  return argumentsNode(head, [...(parameter === undefined ? [] : [node(parameter)]), node(of)]);
}

function binaryNode({ operator, left, right, bool, matching }: BinaryOperation): Node {
  const leftNode = operandNode(left, operator, "left");
  const rightNode = operandNode(right, operator, "right");
  const middle = `${operator}${bool === true ? " bool" : ""}${matching === undefined ? "" : matchingText(matching)}`;
  return {
    line: `${leftNode.line} ${middle} ${rightNode.line}`,
    split: (level) => `${pretty(leftNode, level + 1)}\n${indent(level)}${middle}\n${pretty(rightNode, level + 1)}`,
  };
}

function operandNode(expression: Expression, operator: BinaryOperator, side: "left" | "right"): Node {
  const inner = node(expression);
  return needsParentheses(expression, operator, side) ? parenthesised(inner) : inner;
}

function needsParentheses(expression: Expression, operator: BinaryOperator, side: "left" | "right"): boolean {
  if (expression.kind === "raw") return true;
  // A sign binds less than a power, and as much as a product.
  const signed =
    expression.kind === "negation" ||
    (expression.kind === "number" && (expression.value < 0 || Object.is(expression.value, -0)));
  if (signed) return operator === "^" || (side === "right" && expression.kind === "negation");
  if (expression.kind !== "binary") return false;
  const difference = precedence[expression.operator] - precedence[operator];
  const binding = operator === "^" ? "right" : "left";
  return difference < 0 || (difference === 0 && side !== binding);
}

function parenthesised(inner: Node): Node {
  return {
    line: `(${inner.line})`,
    split: (level) => `${indent(level)}(\n${pretty(inner, level + 1)}\n${indent(level)})`,
  };
}

function negationNode(of: Expression): Node {
  const operand = node(of);
  const inner =
    of.kind === "binary" || of.kind === "raw" || of.kind === "negation" || (of.kind === "number" && of.value < 0)
      ? parenthesised(operand)
      : operand;
  return { line: `-${inner.line}`, split: (level) => `${indent(level)}-${pretty(inner, level).trimStart()}` };
}

function matchingText({ clause, labels, group }: VectorMatching): string {
  const list = (names: readonly string[]): string => `(${names.map(printLabelName).join(", ")})`;
  // Go leaves an empty `ignoring` out where nothing is grouped.
  const match = clause === "ignoring" && labels.length === 0 && group === undefined ? "" : ` ${clause} ${list(labels)}`;
  return `${match}${group === undefined ? "" : ` group_${group.side} ${list(group.labels)}`}`;
}
