import { type CelNode, childrenOf, parseCel } from "./cel-syntax.ts";

/** An expression that differs from another one in a single slip of the hand. */
export interface CelMutant {
  readonly expression: string;
  /** What was done: `== becomes !=: c.kind == 'Job'`. */
  readonly change: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly change: string;
}

const flipped: Readonly<Record<string, string>> = {
  "==": "!=",
  "!=": "==",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
};

const quantifiers: Readonly<Record<string, string>> = { all: "exists", exists: "all" };

/**
 * Every expression that differs from this one by an operator turned round, a negation left out, one side of `&&` or `||` dropped, or `exists` and `all`
 * taken for each other. Objects of a policy that notice none of it say nothing about it. None for an expression that does not parse.
 *
 * @example
 * celMutants("a && b != 1").map(({ expression }) => expression); // ["(b != 1)", "(a)", "a && b == 1"]
 */
export function celMutants(expression: string): readonly CelMutant[] {
  const { node } = parseCel(expression);
  if (node === undefined) return [];
  return editsOf(node, expression).map(({ start, end, text, change }) => ({
    expression: expression.slice(0, start) + text + expression.slice(end),
    change: `${change}: ${shortened(expression.slice(start, end))}`,
  }));
}

function editsOf(node: CelNode, text: string): Edit[] {
  const source = (part: CelNode): string => text.slice(part.start, part.end);
  const whole = { start: node.start, end: node.end };
  const own: Edit[] = [];
  if (node.kind === "unary" && node.operator === "!")
    own.push({ ...whole, text: source(node.operand), change: "! is left out" });
  if (node.kind === "binary" && (node.operator === "&&" || node.operator === "||")) {
    own.push({ ...whole, text: `(${source(node.right)})`, change: `the left of ${node.operator} is dropped` });
    own.push({ ...whole, text: `(${source(node.left)})`, change: `the right of ${node.operator} is dropped` });
  }
  if (node.kind === "binary" && node.operator === "in")
    own.push({ ...whole, text: `!(${source(node)})`, change: "in becomes not in" });
  const other = node.kind === "binary" ? flipped[node.operator] : undefined;
  if (node.kind === "binary" && other !== undefined) {
    const end = node.operatorStart + node.operator.length;
    const turned = text.slice(node.start, node.operatorStart) + other + text.slice(end, node.end);
    own.push({ ...whole, text: turned, change: `${node.operator} becomes ${other}` });
  }
  const swapped = node.kind === "call" ? quantifiers[node.name] : undefined;
  if (node.kind === "call" && node.target !== undefined && swapped !== undefined) {
    const call = text.slice(node.target.end, node.end).replace(node.name, swapped);
    own.push({ ...whole, text: source(node.target) + call, change: `${node.name} becomes ${swapped}` });
  }
  return [...own, ...childrenOf(node).flatMap((child) => editsOf(child, text))];
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 100 ? line : `${line.slice(0, 97)}...`;
}
