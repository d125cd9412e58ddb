import type { Finding } from "@plinth/core";
import { checkAggregation, checkFunction } from "./checks/function-checks.ts";
import { hintsOfDivision, hintsOfFunction } from "./checks/hints.ts";
import { checkOperator } from "./checks/operator-checks.ts";
import { checkSelector } from "./checks/selector-checks.ts";
import type { PromqlContext } from "./context.ts";
import type { Expression, Operand } from "./expression.ts";
import type { Positions, PromqlProblem } from "./label-reader.ts";
import { resultLabels } from "./labels.ts";
import { readPromql } from "./parse.ts";
import { printPromql } from "./print.ts";
import { parsePromql, placeInWords, placeOf, type ReadOptions } from "./promql.ts";
import type { Problem, Report } from "./report.ts";
import type { PromqlRule } from "./rules.ts";
import { isKnownToBeRight, rememberRight } from "./shapes.ts";
import { typeProblems, valueTypeOf } from "./types.ts";
import { partsOf } from "./visit.ts";

/** Something that is wrong with an expression, and where. */
export interface PromqlFinding extends Finding {
  readonly rule: PromqlRule;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/**
 * What is wrong with an expression, ours or somebody's: syntax and types, as Prometheus sees them; metrics, labels and values that do not
 * exist; functions that make no sense of a metric; sides of an operator that never meet; comparisons that never hold. An expression that is a
 * value is printed first: places are those of its text.
 *
 * @example
 * promqlFindings('rate(kube_pod_info{namespce="a"}[5m])').map(({ message }) => message);
 * // rate of the gauge kube_pod_info; kube_pod_info has no label "namespce"
 */
export function promqlFindings(promql: string | Operand, context: PromqlContext = {}): readonly PromqlFinding[] {
  const text = typeof promql === "string" ? promql : printPromql(promql);
  if (isKnownToBeRight(text, context)) return [];
  const { expression, problem } = parsePromql(text, context);
  if (problem !== undefined) return [syntaxFinding(text, problem)];
  // Only the text itself says which durations have no unit.
  const found =
    problemsOf(expression, context).length > 0 || context.hints === true ? placedFindings(text, context) : [];
  if (found.length === 0) rememberRight(text, context);
  return found;
}

/**
 * Only whether Prometheus takes an expression: syntax and types, for metrics that no catalogue knows.
 *
 * @example
 * promqlSyntaxFindings("sum(rate(requests_total[5m])").length; // 1
 */
export function promqlSyntaxFindings(text: string, options: ReadOptions = {}): readonly PromqlFinding[] {
  const { expression, problem } = parsePromql(text, options);
  if (problem !== undefined) return [syntaxFinding(text, problem)];
  const problems: Problem[] = [];
  typeProblems(expression, (_, found) => problems.push(found));
  return problems.length === 0 ? [] : placedFindings(text, options, true);
}

function syntaxFinding(text: string, { message, at }: PromqlProblem): PromqlFinding {
  return {
    code: "invalid-expression",
    severity: "error",
    rule: "syntax",
    message: `does not parse at ${placeInWords(text, at)}: ${message}`,
    expected: "a PromQL expression",
    example: 'sum by (service_name) (rate(traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m]))',
    ...placeOf(text, at),
  };
}

interface PlacedProblem extends Problem {
  readonly part: object;
}

function problemsOf(expression: Expression, context: PromqlContext, onlyTypes = false): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const report: Report = (part, problem) => problems.push({ ...problem, part });
  typeProblems(expression, report);
  // What has no type has no meaning that could be wrong.
  if (problems.length > 0 || onlyTypes) return problems;
  checkParts(expression, context, report);
  for (const label of context.requiredLabels ?? []) checkRequiredLabel(expression, label, context, report);
  return problems;
}

/** Says where a label is lost that the result must have. */
function checkRequiredLabel(expression: Expression, label: string, context: PromqlContext, report: Report): void {
  const has = (part: Expression): boolean => resultLabels(part, context).possible?.has(label) ?? true;
  if (has(expression)) return;
  let lost = expression;
  // Down to the part that does not have it though what it is made of does.
  for (let next: Expression | undefined = lost; next !== undefined; ) {
    lost = next;
    next = partsOf(lost).some((part) => valueTypeOf(part) !== "scalar" && has(part))
      ? undefined
      : partsOf(lost).find((part) => valueTypeOf(part) === "vector" || valueTypeOf(part) === "matrix");
  }
  const { possible } = resultLabels(expression, context);
  report(lost, {
    rule: "dropped-label",
    code: "unknown-reference",
    message: `the result does not have the label ${JSON.stringify(label)}`,
    expected:
      possible === undefined || possible.size === 0
        ? `an expression that keeps it: by (${label})`
        : `an expression that keeps it, or one of ${[...possible].sort().join(", ")}`,
  });
}

function checkParts(expression: Expression, context: PromqlContext, report: Report): void {
  switch (expression.kind) {
    case "selector":
      checkSelector(expression, context, report);
      break;
    case "call":
      checkFunction(expression, context, report);
      if (context.hints === true) hintsOfFunction(expression, report);
      break;
    case "aggregation":
      checkAggregation(expression, context, report);
      break;
    case "binary":
      checkOperator(expression, context, report);
      if (context.hints === true) hintsOfDivision(expression, context, report);
      break;
  }
  // What `info` takes as its second operand is no series of its own.
  const parts =
    expression.kind === "call" && expression.name === "info" ? expression.arguments.slice(0, 1) : partsOf(expression);
  for (const part of parts) checkParts(part, context, report);
}

/** Reads the text again, noting where its parts stand: only what is wrong needs that. */
function placedFindings(text: string, context: PromqlContext, onlyTypes = false): readonly PromqlFinding[] {
  const positions: Positions = { of: new Map(), labels: new Map(), unitless: [] };
  const { expression } = readPromql(text, context.variables, positions);
  if (expression === undefined) return [];
  const found = problemsOf(expression, context, onlyTypes).map(({ part, index, ...problem }) => {
    const at = Array.isArray(part) ? undefined : positions.of.get(part);
    return placed(text, problem, at ?? labelPosition(part, index, positions) ?? 0);
  });
  const unitless =
    context.hints === true && !onlyTypes ? positions.unitless.map((at) => placed(text, unitlessProblem, at)) : [];
  return [...found, ...unitless];
}

function labelPosition(part: object, index: number | undefined, { labels }: Positions): number | undefined {
  for (const [names, places] of labels) {
    if (names === part) return places[index ?? 0];
  }
  return undefined;
}

const unitlessProblem: Problem = {
  rule: "unitless",
  severity: "warning",
  message: "a stretch of time has no unit: it is in seconds",
  expected: "a duration with its unit",
  example: "5m",
};

function placed(text: string, problem: Problem, at: number): PromqlFinding {
  const { rule, message, code = "invalid-expression", severity = "error", expected, example, hint } = problem;
  return {
    code,
    severity,
    rule,
    message: `${message}, at ${placeInWords(text, at)}`,
    expected,
    ...(example === undefined ? {} : { example }),
    ...(hint === undefined ? {} : { hint }),
    ...placeOf(text, at),
  };
}
