import type { CelMutant } from "../admission/cel-mutants.ts";
import { type CelNode, childrenOf, parseCel } from "../admission/cel-syntax.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly change: string;
}

/**
 * Every expression that differs from this one in a value: a constant that is another one, a member of a list or a side of `+` left out, a filter that lets all
 * through, the answers of a condition taken for each other. None for an expression that does not parse.
 *
 * @example
 * valueMutants("c.ports.filter(p, p == 0)").map(({ expression }) => expression); // ["c.ports", "c.ports.filter(p, p == 1)"]
 */
export function valueMutants(expression: string): readonly CelMutant[] {
  const { node } = parseCel(expression);
  if (node === undefined) return [];
  return editsBelow(node, expression).map(({ start, end, text, change }) => ({
    expression: expression.slice(0, start) + text + expression.slice(end),
    change: `${change}: ${expression.slice(start, end).replace(/\s+/g, " ").slice(0, 100)}`,
  }));
}

function editsBelow(node: CelNode, text: string): Edit[] {
  const untold = untoldDefault(node, text);
  const below = childrenOf(node).flatMap((child) => editsBelow(child, text));
  return [...editsOf(node, text), ...below.filter(({ start, end }) => start !== untold?.start || end !== untold?.end)];
}

/**
 * The constant behind `orValue` that might as well be another one, because the value is only compared with constants, and with none of the two: in
 * `x.orValue('a') == 'b'` nobody can tell `'a'` from `'c'`.
 */
function untoldDefault(node: CelNode, text: string): CelNode | undefined {
  if (node.kind !== "binary" || !["==", "!=", "in"].includes(node.operator)) return undefined;
  const { left, right } = node;
  const constant = left.kind === "call" && left.name === "orValue" ? left.parameters[0] : undefined;
  if (constant?.kind !== "literal") return undefined;
  const compared = node.operator === "in" && right.kind === "list" ? right.members : [right];
  const source = (part: CelNode): string => text.slice(part.start, part.end);
  const either = [source(constant), otherLiteral(constant.type, source(constant))];
  return compared.every((each) => each.kind === "literal" && !either.includes(source(each))) ? constant : undefined;
}

function editsOf(node: CelNode, text: string): Edit[] {
  const source = (part: CelNode): string => text.slice(part.start, part.end);
  const whole = { start: node.start, end: node.end };
  switch (node.kind) {
    case "literal": {
      const other = otherLiteral(node.type, source(node));
      return other === undefined ? [] : [{ ...whole, text: other, change: `a constant becomes ${other}` }];
    }
    case "list":
      // Without its only member a list loses its type, and more than a value changes.
      if (node.members.length < 2) return [];
      return node.members.map((member, index) => ({
        ...whole,
        text: `[${node.members
          .filter((each) => each !== member)
          .map(source)
          .join(", ")}]`,
        change: `member ${index + 1} is left out`,
      }));
    case "binary":
      if (node.operator !== "+") return [];
      return [
        { ...whole, text: `(${source(node.right)})`, change: "the left of + is dropped" },
        { ...whole, text: `(${source(node.left)})`, change: "the right of + is dropped" },
      ];
    case "call":
      if (node.name !== "filter" || node.target === undefined) return [];
      return [{ ...whole, text: source(node.target), change: "a filter lets all through" }];
    case "conditional":
      return [
        {
          ...whole,
          text: `(${source(node.condition)} ? (${source(node.otherwise)}) : (${source(node.then)}))`,
          change: "the answers of a condition are exchanged",
        },
      ];
    default:
      return [];
  }
}

/** A constant beside this one. Strings become one that no object has. */
function otherLiteral(type: Extract<CelNode, { kind: "literal" }>["type"], text: string): string | undefined {
  if (type === "bool") return text === "true" ? "false" : "true";
  if (type === "int") return String(BigInt(text) + 1n);
  if (type === "double") return `${Math.trunc(Number(text)) + 1}.25`;
  return type === "string" ? "'another text'" : undefined;
}
