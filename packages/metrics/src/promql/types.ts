import type { BinaryOperation, Expression, FunctionCall, Selector } from "./expression.ts";
import { comparisonOperators, setOperators } from "./keywords.ts";
import { isPlainMetricName } from "./quote.ts";
import { labelPattern } from "./re2.ts";
import type { Problem, Report } from "./report.ts";
import { aggregationParameters, functionSignatures, type ValueType } from "./signatures.ts";

/**
 * What the value of an expression is; `undefined` for a text that somebody else vouches for.
 *
 * @example
 * valueTypeOf(rate(metric("node_cpu_seconds_total"), "5m")); // "vector"
 */
export function valueTypeOf(expression: Expression): ValueType | undefined {
  switch (expression.kind) {
    case "number":
      return "scalar";
    case "text":
      return "string";
    case "selector":
    case "aggregation":
      return "vector";
    case "range":
      return "matrix";
    case "call":
      return functionSignatures.get(expression.name)?.returns;
    case "negation":
      return valueTypeOf(expression.of);
    case "binary": {
      const [left, right] = [valueTypeOf(expression.left), valueTypeOf(expression.right)];
      if (left === "scalar" && right === "scalar") return "scalar";
      const open = (left === undefined && right !== "vector") || (right === undefined && left !== "vector");
      return open ? undefined : "vector";
    }
    case "raw":
      return undefined;
  }
}

const named: Readonly<Record<ValueType, string>> = {
  scalar: "a number",
  vector: "series",
  matrix: "a range",
  string: "a text",
};
const examples: Readonly<Record<ValueType, string>> = {
  scalar: "5",
  vector: "metric",
  matrix: "metric[5m]",
  string: '"text"',
};

/**
 * What Prometheus' own type checker refuses: promql/parser/parse.go, checkAST.
 */
export function typeProblems(expression: Expression, report: Report): void {
  switch (expression.kind) {
    case "selector":
      checkMatchers(expression, false, report);
      break;
    case "range":
      typeProblems(expression.of, report);
      if (expression.of.kind !== "selector" || expression.of.parentheses !== undefined) {
        const type = valueTypeOf(expression.of);
        if (type !== undefined && type !== "vector")
          report(expression, { rule: "type", message: `a subquery is taken of ${named[type]}`, expected: "series" });
      }
      break;
    case "aggregation":
      checkAggregation(expression, report);
      break;
    case "call":
      checkCall(expression, report);
      break;
    case "negation":
      typeProblems(expression.of, report);
      checkNumeric(expression.of, "a sign", report);
      break;
    case "binary":
      typeProblems(expression.left, report);
      typeProblems(expression.right, report);
      checkOperands(expression, report);
      break;
    case "number":
    case "text":
    case "raw":
      break;
  }
}

function checkNumeric(expression: Expression, where: string, report: Report): boolean {
  const type = valueTypeOf(expression);
  if (type !== "matrix" && type !== "string") return true;
  report(expression, {
    rule: "type",
    message: `${where} goes with numbers and series, and this is ${named[type]}`,
    expected: "a number or series",
  });
  return false;
}

function checkMatchers(selector: Selector, mayBeEmpty: boolean, report: Report): void {
  const { series, matchers } = selector;
  let names = 0;
  let selects = mayBeEmpty || series !== "";
  for (const matcher of matchers) {
    const { label, operator, value } = matcher;
    if (label === "__name__" && isPlainMetricName(series) && names++ === 0)
      report(matcher, {
        rule: "type",
        message: `the metric's name is given twice: ${series} and ${JSON.stringify(value)}`,
        expected: "one name",
      });
    if (operator === "=" || operator === "!=") {
      selects ||= (operator === "=") === (value !== "");
      continue;
    }
    const { problem, matches } = labelPattern(value);
    if (problem !== undefined)
      report(matcher, {
        rule: "regex",
        message: `the expression ${JSON.stringify(value)} of ${label} is no RE2: ${problem}`,
        expected: "a regular expression as RE2 knows it",
        example: `${label}=~"a.*|b"`,
      });
    selects ||= problem !== undefined || (matches("") ?? false) === (operator === "!~");
  }
  if (!selects)
    report(selector, {
      rule: "type",
      message: "a selector without a metric selects everything: no matcher asks for something",
      expected: "a metric, or a matcher that an empty label does not fit",
      example: '{job="checkout"}',
    });
}

function checkAggregation(aggregation: Extract<Expression, { kind: "aggregation" }>, report: Report): void {
  const { operator, parameter, of } = aggregation;
  typeProblems(of, report);
  expectType(of, "vector", operator, report);
  const expected = aggregationParameters.get(operator);
  if (expected === undefined) return;
  if (parameter === undefined) {
    report(aggregation, {
      rule: "type",
      message: `${operator} needs ${named[expected]} before its operand`,
      expected: `${operator}(${examples[expected]}, …)`,
    });
    return;
  }
  typeProblems(parameter, report);
  expectType(parameter, expected, operator, report);
}

function expectType(expression: Expression, expected: ValueType, of: string, report: Report): void {
  const type = valueTypeOf(expression);
  if (type === undefined || type === expected) return;
  report(expression, mismatch(of, expected, type));
}

function mismatch(of: string, expected: ValueType, type: ValueType): Problem {
  if (expected === "matrix")
    return {
      rule: "type",
      message: `${of} looks at a range, and this is ${named[type]}`,
      expected: "a selector with a range",
      example: `${of}(metric[5m])`,
    };
  return {
    rule: "type",
    message: `${of} takes ${named[expected]}, and this is ${named[type]}`,
    expected: named[expected],
    example: examples[expected],
  };
}

function checkCall(call: FunctionCall, report: Report): void {
  const { name, arguments: list } = call;
  const signature = functionSignatures.get(name);
  if (signature === undefined) {
    report(call, {
      rule: "type",
      message: `${JSON.stringify(name)} is no function`,
      expected: "a function of Prometheus 3.15",
    });
    for (const argument of list) typeProblems(argument, report);
    return;
  }
  const { arguments: types, variadic } = signature;
  const least = variadic === 0 ? types.length : types.length - 1;
  const most = variadic < 0 ? Number.POSITIVE_INFINITY : variadic === 0 ? types.length : least + variadic;
  if (list.length < least || list.length > most)
    report(call, {
      rule: "type",
      message: `${name} takes ${argumentsInWords(least, most)}, and here ${list.length === 1 ? "is 1" : `are ${list.length}`}`,
      expected: `${name}(${types.map((type) => examples[type]).join(", ")})`,
    });
  list.forEach((argument, index) => {
    const isInfo = name === "info" && index === 1;
    if (isInfo && argument.kind === "selector" && argument.parentheses === undefined) {
      checkMatchers(argument, true, report);
      if (argument.series !== "")
        report(argument, {
          rule: "type",
          message: "info takes matchers only, and here is a metric",
          expected: '{k8s_cluster_name="production"}',
        });
    } else {
      typeProblems(argument, report);
      if (isInfo)
        report(argument, {
          rule: "type",
          message: "info takes matchers only",
          expected: '{k8s_cluster_name="production"}',
        });
    }
    const expected = types[index] ?? (variadic === 0 ? undefined : types.at(-1));
    if (expected !== undefined) expectType(argument, expected, name, report);
  });
}

function argumentsInWords(least: number, most: number): string {
  if (least === most) return least === 0 ? "no argument" : `${least} argument${least === 1 ? "" : "s"}`;
  return most === Number.POSITIVE_INFINITY ? `at least ${least} arguments` : `${least} to ${most} arguments`;
}

function checkOperands(operation: BinaryOperation, report: Report): void {
  const { operator, left, right, bool } = operation;
  const numeric = [left, right].map((side) => checkNumeric(side, JSON.stringify(operator), report));
  if (numeric.includes(false)) return;
  const [leftType, rightType] = [valueTypeOf(left), valueTypeOf(right)];
  if (setOperators.has(operator) && (leftType === "scalar" || rightType === "scalar"))
    report(operation, {
      rule: "type",
      message: `${operator} goes with series on both sides`,
      expected: "series",
      example: `a ${operator} vector(1)`,
    });
  if (comparisonOperators.has(operator) && bool !== true && leftType === "scalar" && rightType === "scalar")
    report(operation, {
      rule: "type",
      message: `two numbers are compared without bool`,
      expected: `${operator} bool`,
      example: `1 ${operator} bool 2`,
    });
}
