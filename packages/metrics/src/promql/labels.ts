import { type MetricCatalogue, metricCatalogue } from "../catalogue/catalogue.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries } from "../catalogue/series.ts";
import { unquotePromql } from "./quote.ts";
import { argumentsOf, functionName, type ParsedPromql, parsePromql, type SyntaxNode, selectorFacts } from "./syntax.ts";
import type { VariableSyntax } from "./variables.ts";

/** What an expression is checked against. */
export interface PromqlContext {
  /** Metrics that may be used. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
  /** Labels that every series can have beside its own and the scrape's, such as external labels. @default none */
  readonly commonLabels?: readonly string[];
  /** Variables that are filled in before Prometheus sees the text. @default none */
  readonly variables?: VariableSyntax;
}

/** Labels that a result can have; `undefined` when it can have any. */
export type PossibleLabels = ReadonlySet<string> | undefined;

/**
 * The labels that the result of an expression can have at most, by the catalogue: an alert's text may use no other. `undefined` when that
 * cannot be known, because the expression does not parse or uses a series that the catalogue does not have.
 *
 * @example
 * labelsOfPromql("sum by (namespace) (kube_pod_status_phase)"); // Set { "namespace" }
 */
export function labelsOfPromql(text: string, context: PromqlContext = {}): PossibleLabels {
  const parsed = parsePromql(text, context.variables);
  const expression = parsed.top.getChild("Expr");
  return parsed.errorAt !== undefined || expression === null ? undefined : labelsOfNode(parsed, expression, context);
}

/** The labels of a series: its own, the scrape's, and those that all have. */
export function labelsOfSeries(
  series: string,
  { catalogue = metricCatalogue, commonLabels = [] }: PromqlContext,
): PossibleLabels {
  const description = describeSeries(catalogue, series);
  return description === undefined ? undefined : new Set([...description.labels, ...targetLabels, ...commonLabels]);
}

const wrappers: ReadonlySet<string> = new Set([
  "ParenExpr",
  "MatrixSelector",
  "SubqueryExpr",
  "OffsetExpr",
  "UnaryExpr",
  "StepInvariantExpr",
  "AnchoredExpr",
  "SmoothedExpr",
]);

export function labelsOfNode(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): PossibleLabels {
  const below = (child: SyntaxNode | null): PossibleLabels =>
    child === null ? new Set() : labelsOfNode(parsed, child, context);
  if (wrappers.has(node.name)) return below(node.getChild("Expr"));
  switch (node.name) {
    case "VectorSelector": {
      const { series } = selectorFacts(parsed, node);
      return series === undefined ? undefined : labelsOfSeries(series, context);
    }
    case "AggregateExpr":
      return labelsOfAggregation(parsed, node, below(argumentsOf(node).at(-1) ?? null));
    case "FunctionCall":
      return labelsOfCall(parsed, node, context);
    case "BinaryExpr":
      return labelsOfBinary(parsed, node, context);
    default:
      return new Set();
  }
}

/** The names in a list of labels: those of `by (…)`, `on (…)`. */
export function listedLabels(
  { text }: ParsedPromql,
  list: SyntaxNode | null,
): readonly { readonly name: string; readonly from: number }[] {
  if (list === null) return [];
  return [...list.getChildren("LabelName"), ...list.getChildren("QuotedLabelName")].map((node) => {
    const written = text.slice(node.from, node.to);
    return { name: node.name === "QuotedLabelName" ? unquotePromql(written) : written, from: node.from };
  });
}

// These give series of their operand as they are.
const selecting: ReadonlySet<string> = new Set(["Topk", "Bottomk", "LimitK", "LimitRatio"]);

function labelsOfAggregation(parsed: ParsedPromql, node: SyntaxNode, operand: PossibleLabels): PossibleLabels {
  const operator = node.getChild("AggregateOp")?.firstChild?.name ?? "";
  if (selecting.has(operator)) return operand;
  const modifier = node.getChild("AggregateModifier");
  const listed = listedLabels(parsed, modifier?.getChild("GroupingLabels") ?? null).map(({ name }) => name);
  const counted = operator === "CountValues" ? literalArgument(parsed, node, 0) : [];
  if (modifier?.getChild("Without") != null)
    return operand === undefined
      ? undefined
      : new Set([...operand].filter((label) => !listed.includes(label)).concat(counted));
  return new Set([...(operand === undefined ? listed : listed.filter((label) => operand.has(label))), ...counted]);
}

function literalArgument({ text }: ParsedPromql, call: SyntaxNode, index: number): readonly string[] {
  const argument = argumentsOf(call)[index];
  return argument?.name === "StringLiteral" ? [unquotePromql(text.slice(argument.from, argument.to))] : [];
}

const withoutLabels: ReadonlySet<string> = new Set(["time", "vector", "scalar", "pi"]);

function labelsOfCall(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): PossibleLabels {
  const name = functionName(parsed, node);
  if (withoutLabels.has(name)) return new Set();
  if (name === "info") return undefined;
  const operands = argumentsOf(node).filter(({ name }) => name !== "NumberDurationLiteral" && name !== "StringLiteral");
  const labels =
    operands[0] === undefined ? new Set<string>() : labelsOfNode(parsed, operands.at(-1) ?? operands[0], context);
  if (name === "absent" || name === "absent_over_time") return absentLabels(parsed, node);
  if (labels === undefined) return undefined;
  if (name === "histogram_quantile") return new Set([...labels].filter((label) => label !== "le"));
  if (name === "label_replace" || name === "label_join")
    return new Set([...labels, ...literalArgument(parsed, node, 1)]);
  return labels;
}

/** `absent` takes over the labels that its selector asks to be equal to something. */
function absentLabels(parsed: ParsedPromql, node: SyntaxNode): PossibleLabels {
  const [argument] = argumentsOf(node);
  const selector = argument?.name === "MatrixSelector" ? argument.getChild("VectorSelector") : argument;
  if (selector?.name !== "VectorSelector") return new Set();
  return new Set(
    selectorFacts(parsed, selector).labels.flatMap(({ name, operator }) => (operator === "=" ? [name] : [])),
  );
}

function labelsOfBinary(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): PossibleLabels {
  const [left, right] = node
    .getChildren("Expr")
    .map((side) => ({ labels: labelsOfNode(parsed, side, context), scalar: side.name === "NumberDurationLiteral" }));
  if (left === undefined || right === undefined) return undefined;
  if (right.scalar) return left.labels;
  if (left.scalar) return right.labels;
  if (node.getChild("Or") !== null)
    return left.labels === undefined || right.labels === undefined
      ? undefined
      : new Set([...left.labels, ...right.labels]);
  if (node.getChild("And") !== null || node.getChild("Unless") !== null) return left.labels;
  const clause = node.getChild("MatchingModifierClause");
  const [matched = [], grouped = []] = (clause?.getChildren("GroupingLabels") ?? []).map((list) =>
    listedLabels(parsed, list).map(({ name }) => name),
  );
  if (clause?.getChild("GroupLeft") != null)
    return left.labels === undefined ? undefined : new Set([...left.labels, ...grouped]);
  if (clause?.getChild("GroupRight") != null)
    return right.labels === undefined ? undefined : new Set([...right.labels, ...grouped]);
  if (left.labels === undefined) return undefined;
  // Comparisons too: one-to-one matching keeps what it matches by (resultMetric in Prometheus' promql/engine.go).
  if (clause?.getChild("On") != null) return new Set([...left.labels].filter((label) => matched.includes(label)));
  return new Set([...left.labels].filter((label) => !matched.includes(label)));
}
