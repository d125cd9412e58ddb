import { type CelNode, childrenOf, parseCel } from "./cel-syntax.ts";

/** What can be told of a CEL expression without evaluating it. */
export interface CelText {
  /** Names read from `variables`, in the order of their first use. */
  readonly variables: readonly string[];
  /** Paths read from `object` and `oldObject`, two steps deep: `object.spec`, `object.?metadata`, `object[`. */
  readonly objectPaths: readonly string[];
  /** The texts of string literals, with their escapes. */
  readonly literals: readonly string[];
  /** Why it does not parse. */
  readonly problems: readonly string[];
}

/**
 * Reads the words of a CEL expression. It does not check types or calls: that is for the compilers of Kyverno and the API server.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 */
export function readCel(expression: string): CelText {
  const { node, problem } = parseCel(expression);
  if (node === undefined) return { variables: [], objectPaths: [], literals: [], problems: [problem] };
  const variables = new Set<string>();
  const objectPaths = { object: new Set<string>(), oldObject: new Set<string>() };
  const literals: string[] = [];
  const visit = (each: CelNode, parent: CelNode | undefined): void => {
    if (each.kind === "literal" && each.type === "string") literals.push(each.text);
    if (each.kind === "name" && (each.name === "object" || each.name === "oldObject"))
      objectPaths[each.name].add(each.name + stepOf(each, parent));
    if (each.kind === "name" && each.name === "variables") variables.add(stepOf(each, parent).replace(/^\.\??/, ""));
    for (const child of childrenOf(each)) visit(child, each);
  };
  visit(node, undefined);
  return {
    variables: [...variables],
    objectPaths: [...objectPaths.object, ...objectPaths.oldObject],
    literals,
    problems: [],
  };
}

/** What is read of a root: `.spec`, `.?spec`, `[`, or nothing. */
function stepOf(root: CelNode, parent: CelNode | undefined): string {
  if (parent?.kind === "select" && parent.operand === root) return `.${parent.optional ? "?" : ""}${parent.field}`;
  if (parent?.kind === "call" && parent.target === root) return `.${parent.name}`;
  return parent?.kind === "index" && parent.operand === root ? "[" : "";
}
