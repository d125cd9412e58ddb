import { durationText } from "./duration.ts";
import type {
  Aggregation,
  BinaryOperation,
  BinaryOperator,
  Expression,
  Negation,
  NumberLiteral,
  Operand,
  RangeSelector,
  Selector,
  VectorMatching,
} from "./expression.ts";
import { precedence } from "./keywords.ts";
import { formatDecimal, formatShortest } from "./number.ts";
import { isPlainMetricName, printLabelName, printListedLabel, quotePromql } from "./quote.ts";
import { expressionOf } from "./select.ts";
import { valueTypeOf } from "./types.ts";
import { isVariable } from "./variables.ts";

// promql/parser/prettier.go: longer ones are split.
const MAX_CHARACTERS = 100;

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
  let printed = bareNode(expression);
  for (let pairs = expression.parentheses ?? 0; pairs > 0; pairs--) printed = parenthesised(printed);
  return printed;
}

function bareNode(expression: Expression): Node {
  switch (expression.kind) {
    case "number":
      return { line: expression.duration === true ? durationText(expression.value) : formatDecimal(expression.value) };
    case "text":
      return { line: quotePromql(expression.value) };
    case "selector":
      return { line: `${selectorLine(expression)}${suffix(expression)}` };
    case "range":
      return rangeNode(expression);
    case "call":
      return argumentsNode(expression.name, expression.arguments.map(node));
    case "aggregation":
      return aggregationNode(expression);
    case "binary":
      return binaryNode(expression);
    case "negation":
      return negationNode(expression);
    case "raw":
      return { line: expression.text };
  }
}

function selectorLine({ series, matchers }: Selector): string {
  const plain = series === "" || isPlainMetricName(series);
  if (plain && matchers.length === 0) return series === "" ? "{}" : series;
  const conditions = plain ? matchers : [...matchers, { label: "__name__", operator: "=" as const, value: series }];
  const printed = conditions.map(
    ({ label, operator, value }) => `${printLabelName(label)}${operator}${quotePromql(value)}`,
  );
  if (printed.length > 1) printed.sort(byBytes);
  return `${plain ? series : ""}{${printed.join(",")}}`;
}

// UTF-16 has another order than UTF-8 only where it needs two units for a character.
const twoUnits = /[\ud800-\udfff]/;

function byBytes(a: string, b: string): number {
  if (twoUnits.test(a) || twoUnits.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}

/** What a selector ends with. Prometheus writes `anchored` before the moment of a range, and after that of a selector. */
function suffix({ ends, at, offset }: Selector): string {
  return `${atText(at)}${ends === undefined ? "" : ` ${ends}`}${offsetText(offset)}`;
}

function rangeSuffix({ ends, at, offset }: Selector): string {
  return `${ends === undefined ? "" : ` ${ends}`}${atText(at)}${offsetText(offset)}`;
}

function atText(at: Selector["at"]): string {
  if (at === undefined) return "";
  return typeof at === "number" ? ` @ ${at.toFixed(3)}` : ` @ ${at}()`;
}

function offsetText(offset: string | undefined): string {
  return offset === undefined ? "" : ` offset ${offset}`;
}

function rangeNode({ of, range, step, subquery, at, offset }: RangeSelector): Node {
  if (of.kind === "selector" && step === undefined && subquery !== true && of.parentheses === undefined)
    return { line: `${selectorLine(of)}[${range}]${rangeSuffix(of)}` };
  const bare = of.parentheses === undefined;
  const inner = bare && (of.kind === "binary" || isSigned(of) || isForeign(of)) ? parenthesised(node(of)) : node(of);
  const end = `[${range}:${step ?? ""}]${atText(at)}${offsetText(offset)}`;
  return { line: `${inner.line}${end}`, split: (level) => `${pretty(inner, level)}${end}`, flush: true };
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
  const head = plain
    ? operator
    : `${operator} ${grouping.clause} (${grouping.labels.map(printListedLabel).join(", ")}) `;
  return argumentsNode(head, [...(parameter === undefined ? [] : [node(parameter)]), node(of)]);
}

function binaryNode({ operator, left, right, bool, matching }: BinaryOperation): Node {
  const leftNode = operandNode(left, operator, "left");
  const rightNode = operandNode(right, operator, "right");
  const middle = `${operator}${bool === true ? " bool" : ""}${matching === undefined || isForgotten(matching, left, right) ? "" : matchingText(matching)}`;
  return {
    line: `${leftNode.line} ${middle} ${rightNode.line}`,
    split: (level) => `${pretty(leftNode, level + 1)}\n${indent(level)}${middle}\n${pretty(rightNode, level + 1)}`,
  };
}

/** Prometheus forgets an empty clause where a side is a number. */
function isForgotten({ labels, fill }: VectorMatching, left: Expression, right: Expression): boolean {
  const ofNumbers = valueTypeOf(left) === "scalar" || valueTypeOf(right) === "scalar";
  return ofNumbers && labels.length === 0 && fill?.left === undefined && fill?.right === undefined;
}

function operandNode(expression: Expression, operator: BinaryOperator, side: "left" | "right"): Node {
  const inner = node(expression);
  return expression.parentheses === undefined && needsParentheses(expression, operator, side)
    ? parenthesised(inner)
    : inner;
}

function needsParentheses(expression: Expression, operator: BinaryOperator, side: "left" | "right"): boolean {
  if (isForeign(expression)) return true;
  // A sign binds less than the power after it.
  if (isSigned(expression)) return operator === "^" && side === "left";
  if (expression.kind !== "binary") return false;
  const difference = precedence[expression.operator] - precedence[operator];
  const binding = operator === "^" ? "right" : "left";
  return difference < 0 || (difference === 0 && side !== binding);
}

function isSigned(expression: Expression): boolean {
  return (
    expression.kind === "negation" ||
    (expression.kind === "number" && (expression.value < 0 || Object.is(expression.value, -0)))
  );
}

/** Text whose operators nobody here knows: all but a variable. */
function isForeign(expression: Expression): boolean {
  return expression.kind === "raw" && !isVariable(expression.text);
}

function parenthesised(inner: Node): Node {
  return {
    line: `(${inner.line})`,
    split: (level) => `${indent(level)}(\n${pretty(inner, level + 1)}\n${indent(level)})`,
  };
}

function negationNode(negation: Negation): Node {
  const number = signedNumber(negation);
  if (number !== undefined) return bareNode(number);
  const { of, sign = "-" } = negation;
  const loose = (of.kind === "binary" && of.operator !== "^") || isForeign(of);
  const inner = loose && of.parentheses === undefined ? parenthesised(node(of)) : node(of);
  return {
    line: `${sign}${inner.line}`,
    split: (level) => `${indent(level)}${sign}${pretty(inner, level).trim()}`,
  };
}

/** The number that signs before a number come to: Prometheus reads them together. */
function signedNumber(expression: Expression): NumberLiteral | undefined {
  if (expression.kind === "number") return expression;
  const inner =
    expression.kind === "negation" && expression.of.parentheses === undefined ? signedNumber(expression.of) : undefined;
  if (inner === undefined || expression.kind !== "negation") return undefined;
  return expression.sign === "+" ? inner : { ...inner, value: -inner.value };
}

function matchingText({ clause, labels, group, fill }: VectorMatching): string {
  const list = (names: readonly string[]): string => `(${names.map(printListedLabel).join(", ")})`;
  // Go leaves an empty `ignoring` out where nothing is grouped.
  const match = clause === "ignoring" && labels.length === 0 && group === undefined ? "" : ` ${clause} ${list(labels)}`;
  return `${match}${group === undefined ? "" : ` group_${group.side} ${list(group.labels)}`}${fillText(fill)}`;
}

function fillText(fill: VectorMatching["fill"]): string {
  if (fill === undefined) return "";
  const { left, right } = fill;
  if (left !== undefined && left === right) return ` fill (${formatShortest(left)})`;
  const side = (name: string, value: number | undefined): string =>
    value === undefined ? "" : ` ${name} (${formatShortest(value)})`;
  return `${side("fill_left", left)}${side("fill_right", right)}`;
}
