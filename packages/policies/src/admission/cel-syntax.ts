import { type CelLiteralType, type CelPlace, CelSyntaxError, type CelToken, tokenise } from "./cel-tokens.ts";

/** A CEL expression as a tree. `start` and `end` are places in the text, the end behind the last character. */
export type CelNode = CelPlace &
  (
    | { readonly kind: "literal"; readonly type: CelLiteralType; readonly text: string }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "select"; readonly operand: CelNode; readonly field: string; readonly optional: boolean }
    | { readonly kind: "index"; readonly operand: CelNode; readonly index: CelNode; readonly optional: boolean }
    | {
        readonly kind: "call";
        readonly target?: CelNode;
        readonly name: string;
        readonly parameters: readonly CelNode[];
      }
    | { readonly kind: "unary"; readonly operator: string; readonly operand: CelNode }
    | {
        readonly kind: "binary";
        readonly operator: string;
        readonly operatorStart: number;
        readonly left: CelNode;
        readonly right: CelNode;
      }
    | { readonly kind: "conditional"; readonly condition: CelNode; readonly then: CelNode; readonly otherwise: CelNode }
    | { readonly kind: "list"; readonly members: readonly CelNode[] }
    | { readonly kind: "map"; readonly entries: readonly CelEntry[] }
    | { readonly kind: "message"; readonly type: CelNode; readonly fields: readonly CelEntry[] }
  );

export interface CelEntry {
  readonly key: CelNode;
  readonly value: CelNode;
}

/** What an expression is, or where it stops being one. */
export type ParsedCel =
  | { readonly node: CelNode; readonly problem?: undefined }
  | { readonly node?: undefined; readonly problem: string };

/**
 * Parses a CEL expression, with the optional field syntax that Kubernetes turns on. It knows no functions and no types: those are for the compilers of Kyverno
 * and the API server.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 * @see https://github.com/google/cel-spec/wiki/proposal-246
 *
 * @example
 * parseCel("object.spec.?replicas.orValue(1) > 1").node?.kind; // binary
 */
export function parseCel(text: string): ParsedCel {
  try {
    return { node: new CelParser(text).whole() };
  } catch (error) {
    if (error instanceof CelSyntaxError) return { problem: error.message };
    throw error;
  }
}

/** How tightly the operators of two operands bind, from the loosest. */
const precedence: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["<", "<=", ">", ">=", "==", "!=", "in"],
  ["+", "-"],
  ["*", "/", "%"],
];

class CelParser {
  readonly #tokens: readonly CelToken[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenise(text);
  }

  whole(): CelNode {
    const node = this.#expression();
    const { kind, text } = this.#peek();
    if (kind === "end") return node;
    throw new CelSyntaxError([")", "]", "}"].includes(text) ? `a "${text}" closes nothing` : `${text} is unexpected`);
  }

  #peek(ahead = 0): CelToken {
    return (
      this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? { kind: "end", text: "", start: 0, end: 0 }
    );
  }

  #next(): CelToken {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #is(...texts: readonly string[]): boolean {
    const { kind, text } = this.#peek();
    return (kind === "symbol" || (kind === "name" && text === "in")) && texts.includes(text);
  }

  #take(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#at += 1;
    return found;
  }

  /** Takes what has to stand here, and gives its place. */
  #expect(text: string): CelToken {
    if (this.#is(text)) return this.#next();
    const found = this.#peek();
    if ([")", "]", "}"].includes(text) && (found.kind === "end" || [")", "]", "}"].includes(found.text)))
      throw new CelSyntaxError(found.kind === "end" ? `a "${text}" is missing` : `a "${found.text}" closes nothing`);
    throw new CelSyntaxError(`${found.text} is there instead of ${text}`);
  }

  #name(): CelToken {
    const token = this.#next();
    if (token.kind !== "name" || token.text === "in")
      throw new CelSyntaxError(`${token.text} is there instead of a name`);
    return token;
  }

  #expression(): CelNode {
    const condition = this.#binary(0);
    if (!this.#take("?")) return condition;
    const then = this.#binary(0);
    this.#expect(":");
    const otherwise = this.#expression();
    return { kind: "conditional", condition, then, otherwise, start: condition.start, end: otherwise.end };
  }

  #binary(level: number): CelNode {
    const operators = precedence[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#is(...operators)) {
      const operator = this.#next();
      const right = this.#binary(level + 1);
      left = {
        kind: "binary",
        operator: operator.text,
        operatorStart: operator.start,
        left,
        right,
        start: left.start,
        end: right.end,
      };
    }
    return left;
  }

  #unary(): CelNode {
    if (!this.#is("!", "-")) return this.#member();
    const operator = this.#next();
    const operand = this.#unary();
    return { kind: "unary", operator: operator.text, operand, start: operator.start, end: operand.end };
  }

  #member(): CelNode {
    let node = this.#primary();
    for (;;) {
      if (this.#take(".")) node = this.#selection(node);
      else if (this.#take("[")) {
        const optional = this.#take("?");
        const index = this.#expression();
        const { end } = this.#expect("]");
        node = { kind: "index", operand: node, index, optional, start: node.start, end };
      } else if (this.#is("{") && isTypeName(node)) {
        const { entries: fields, end } = this.#entries();
        node = { kind: "message", type: node, fields, start: node.start, end };
      } else return node;
    }
  }

  #selection(operand: CelNode): CelNode {
    const optional = this.#take("?");
    const name = this.#name();
    if (!optional && this.#is("(")) {
      const { members: parameters, end } = this.#list("(", ")");
      return { kind: "call", target: operand, name: name.text, parameters, start: operand.start, end };
    }
    return { kind: "select", operand, field: name.text, optional, start: operand.start, end: name.end };
  }

  #primary(): CelNode {
    const token = this.#peek();
    const { start, end, text } = token;
    if (token.kind === "literal" && token.type !== undefined) {
      this.#at += 1;
      return { kind: "literal", type: token.type, text, start, end };
    }
    if (this.#take("(")) {
      const inner = this.#expression();
      const close = this.#expect(")");
      return { ...inner, start, end: close.end };
    }
    if (this.#is("[")) {
      const { members, end: close } = this.#list("[", "]");
      return { kind: "list", members, start, end: close };
    }
    if (this.#is("{")) {
      const { entries, end: close } = this.#entries();
      return { kind: "map", entries, start, end: close };
    }
    this.#take(".");
    if (token.kind === "end") throw new CelSyntaxError("it stops too early");
    const name = this.#name();
    if (!this.#is("(")) return { kind: "name", name: name.text, start, end: name.end };
    const { members: parameters, end: close } = this.#list("(", ")");
    return { kind: "call", name: name.text, parameters, start, end: close };
  }

  #list(open: string, close: string): { members: CelNode[]; end: number } {
    this.#expect(open);
    const members: CelNode[] = [];
    while (!this.#is(close)) {
      this.#take("?");
      members.push(this.#expression());
      if (!this.#take(",")) break;
    }
    return { members, end: this.#expect(close).end };
  }

  #entries(): { entries: CelEntry[]; end: number } {
    this.#expect("{");
    const entries: CelEntry[] = [];
    while (!this.#is("}")) {
      this.#take("?");
      const key = this.#expression();
      this.#expect(":");
      entries.push({ key, value: this.#expression() });
      if (!this.#take(",")) break;
    }
    return { entries, end: this.#expect("}").end };
  }
}

/** A name, or names with dots: what may stand before the braces of a message. */
function isTypeName(node: CelNode): boolean {
  if (node.kind === "name") return true;
  return node.kind === "select" && !node.optional && isTypeName(node.operand);
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: CelNode): readonly CelNode[] {
  switch (node.kind) {
    case "literal":
    case "name":
      return [];
    case "select":
    case "unary":
      return [node.operand];
    case "index":
      return [node.operand, node.index];
    case "call":
      return node.target === undefined ? node.parameters : [node.target, ...node.parameters];
    case "binary":
      return [node.left, node.right];
    case "conditional":
      return [node.condition, node.then, node.otherwise];
    case "list":
      return node.members;
    case "map":
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case "message":
      return node.fields.flatMap(({ value }) => [value]);
  }
}
