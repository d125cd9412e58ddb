/** A place in a text, the end behind the last character. */
export interface CelPlace {
  readonly start: number;
  readonly end: number;
}

/** What a literal is. */
export type CelLiteralType = "string" | "bytes" | "int" | "uint" | "double" | "bool" | "null";

/** Why a text is no CEL expression. */
export class CelSyntaxError extends Error {}

/** A word of an expression. */
export interface CelToken extends CelPlace {
  readonly kind: "literal" | "name" | "symbol" | "end";
  readonly text: string;
  readonly type?: CelLiteralType;
}

// Literals first: a name may be the prefix (`r`, `b`) of one. A string ends where it begins to be none: the alternatives are in this order on purpose.
const tokenPattern =
  /(?<space>(?:\s|\/\/[^\n]*)+)|(?<string>(?<prefix>[rR]?[bB]?|[bB][rR])(?:'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))|(?<double>(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?))|(?<uint>(?:0x[0-9a-fA-F]+|\d+)[uU])|(?<int>0x[0-9a-fA-F]+|\d+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol>&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()[\]{}])/y;

const constants: Readonly<Record<string, CelLiteralType>> = { true: "bool", false: "bool", null: "null" };

/** The words of an expression, and one behind them that is the end. Throws a `CelSyntaxError` where a character begins no word. */
export function tokenise(text: string): CelToken[] {
  const tokens: CelToken[] = [];
  let at = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const groups = tokenPattern.exec(text)?.groups;
    if (groups === undefined) {
      const quote = /['"]/.test(text.charAt(at));
      throw new CelSyntaxError(quote ? "a string literal does not close" : `cannot read ${text.charAt(at)}`);
    }
    const start = at;
    at = tokenPattern.lastIndex;
    const place = { text: text.slice(start, at), start, end: at };
    if (groups["space"] !== undefined) continue;
    if (groups["string"] !== undefined)
      tokens.push({ ...place, kind: "literal", type: /b/i.test(groups["prefix"] ?? "") ? "bytes" : "string" });
    else if (groups["name"] !== undefined) {
      const type = Object.hasOwn(constants, place.text) ? constants[place.text] : undefined;
      tokens.push(type === undefined ? { ...place, kind: "name" } : { ...place, kind: "literal", type });
    } else if (groups["symbol"] !== undefined) tokens.push({ ...place, kind: "symbol" });
    else {
      const type = (["double", "uint", "int"] as const).find((each) => groups[each] !== undefined) ?? "int";
      tokens.push({ ...place, kind: "literal", type });
    }
  }
  return [...tokens, { kind: "end", text: "the end", start: at, end: at }];
}
