import { parser } from "@prometheus-io/lezer-promql";
import { literalProblem, unquotePromql } from "./quote.ts";
import { maskVariables, type VariableSyntax } from "./variables.ts";

/** A node of the syntax tree, with the names of the grammar's productions. */
export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A parsed expression. */
export interface ParsedPromql {
  readonly text: string;
  readonly top: SyntaxNode;
  /** Offset of the first place that does not parse. */
  readonly errorAt?: number;
}

/**
 * The syntax tree of an expression, by the Prometheus project's own grammar.
 *
 * @see https://github.com/prometheus/prometheus/tree/main/web/ui/module/lezer-promql
 */
export function parsePromql(text: string, variables?: VariableSyntax): ParsedPromql {
  const masked = maskVariables(text, variables);
  const top = parser.parse(masked).topNode;
  let errorAt: number | undefined;
  top.cursor().iterate((node) => {
    if (errorAt !== undefined) return false;
    if (node.type.isError) errorAt = node.from;
    // The grammar takes strings that Prometheus does not.
    const problem = node.name === "StringLiteral" ? literalProblem(masked.slice(node.from, node.to)) : undefined;
    if (problem !== undefined) errorAt = node.from + problem;
    return true;
  });
  return { text: masked, top, ...(errorAt === undefined ? {} : { errorAt }) };
}

/** All nodes of a kind at or below a node, in the order of the text. */
export function nodesNamed(node: SyntaxNode, name: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((reference) => {
    if (reference.name === name) found.push(reference.node);
  });
  return found;
}

/** The operands of a function or an aggregation: parentheses around one are looked through. */
export function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const body = node.getChild("FunctionCallBody");
  return body === null ? [] : body.getChildren("Expr");
}

/** An expression without the parentheses around it. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = node.name === "ParenExpr" ? node.getChild("Expr") : null;
  return inner === null ? node : unwrapped(inner);
}

/** The name of the function that a call calls: `rate`. */
export function functionName({ text }: ParsedPromql, call: SyntaxNode): string {
  const identifier = call.getChild("FunctionIdentifier");
  return identifier === null ? "" : text.slice(identifier.from, identifier.to);
}

/** A selector's series and the labels that it looks at. */
export interface SelectorFacts {
  /** Left out where the selector does not name one series. */
  readonly series?: string;
  readonly labels: readonly {
    readonly name: string;
    readonly operator: string;
    readonly value: string;
    readonly from: number;
  }[];
}

export function selectorFacts({ text }: ParsedPromql, selector: SyntaxNode): SelectorFacts {
  const textOf = (node: SyntaxNode): string => text.slice(node.from, node.to);
  const braces = selector.getChild("LabelMatchers");
  const matchers =
    braces === null ? [] : [...braces.getChildren("UnquotedLabelMatcher"), ...braces.getChildren("QuotedLabelMatcher")];
  const labels = matchers.map((matcher) => {
    const [name, value] = [matcher.firstChild, matcher.getChild("StringLiteral")];
    const operator = matcher.getChild("MatchOp");
    const label = name === null ? "" : textOf(name);
    return {
      name: matcher.name === "QuotedLabelMatcher" ? unquotePromql(label) : label,
      operator: operator === null ? "" : textOf(operator),
      value: value === null ? "" : unquotePromql(textOf(value)),
      from: matcher.from,
    };
  });
  const identifier = selector.getChild("Identifier");
  const quoted = braces?.getChild("QuotedLabelName") ?? null;
  const named = labels.find(({ name, operator }) => name === "__name__" && operator === "=");
  const series =
    identifier !== null ? textOf(identifier) : quoted !== null ? unquotePromql(textOf(quoted)) : named?.value;
  return { ...(series === undefined ? {} : { series }), labels: labels.filter(({ name }) => name !== "__name__") };
}
