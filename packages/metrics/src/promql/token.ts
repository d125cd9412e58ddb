import { literalProblem } from "./quote.ts";
import { type VariableSyntax, variableAt } from "./variables.ts";

/** What a piece of a PromQL text is. A word is a name or a keyword: which, its place decides. */
export type TokenKind = "word" | "number" | "duration" | "string" | "sign" | "variable" | "end" | "error";

const [tab, lineFeed, carriageReturn, blank, quote, hash, dollar, apostrophe] = [9, 10, 13, 32, 34, 35, 36, 39];
const [dot, zero, nine, colon, openBracket, underscore, backtick, openBrace] = [46, 48, 57, 58, 91, 95, 96, 123];
const wordPattern = /[A-Za-z_:][A-Za-z0-9_:]*/y;
// Between braces and brackets a colon ends a name.
const labelPattern = /[A-Za-z_][A-Za-z0-9_]*/y;
// With the sign of an exponent; whether it is a number at all, the next two say.
const numericPattern = /(?:0[xX][0-9a-zA-Z_]*|[0-9_.]*(?:[eE][+-]?)?[0-9a-zA-Z_.]*)/y;
const numberPattern =
  /^(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)$/;
const durationPattern = /^\d+[smhdwy][0-9smhdw]*$/;
const simpleString = /"[^"\\\n\ufffd]*"/y;
const doubleSigns: ReadonlySet<string> = new Set(["==", "!=", "<=", ">=", "=~", "!~", "</", ">/"]);
const singleSigns: ReadonlySet<string> = new Set("()[]{},+-*/%^=<>@:");
const onlyOutsideBraces: ReadonlySet<string> = new Set(["==", "</", ">/"]);

/**
 * Reads a PromQL text piece by piece: the one that is looked at is in `kind`, `from` and `to`; `next` goes on.
 *
 * @see https://github.com/prometheus/prometheus/blob/main/promql/parser/lex.go
 */
export class Tokens {
  readonly text: string;
  readonly #variables: VariableSyntax | undefined;
  kind: TokenKind = "end";
  from = 0;
  to = 0;
  /** End of the piece before this one. */
  previousEnd = 0;
  #insideBraces = false;
  #insideBrackets = false;
  // Prometheus reads no comment between a bracket and its first number.
  #beforeNumber = false;

  /** Variables of the syntax are pieces of their own. */
  constructor(text: string, variables?: VariableSyntax) {
    this.text = text;
    this.#variables = variables;
    this.next();
  }

  /** The piece as it is written. */
  word(): string {
    return this.text.slice(this.from, this.to);
  }

  /** Whether the piece is this sign. */
  isSign(sign: string): boolean {
    return this.kind === "sign" && this.to - this.from === sign.length && this.text.startsWith(sign, this.from);
  }

  next(): void {
    this.previousEnd = this.to;
    this.from = this.#endOfBlanks(this.to);
    this.kind = this.from >= this.text.length ? "end" : this.#read(this.from);
    if (this.kind === "end") this.to = this.from = this.text.length;
  }

  #endOfBlanks(from: number): number {
    const { text } = this;
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === hash && !this.#beforeNumber) {
        while (at < text.length && text.charCodeAt(at) !== lineFeed && text.charCodeAt(at) !== carriageReturn) at++;
      } else if (code !== blank && code !== lineFeed && code !== tab && code !== carriageReturn) break;
    }
    return at;
  }

  #read(at: number): TokenKind {
    const { text } = this;
    const code = text.charCodeAt(at);
    if (this.#variables !== undefined && (code === dollar || code === openBracket || code === openBrace)) {
      const end = variableAt(text, at, this.#variables);
      if (end !== undefined) return this.#found("variable", end);
    }
    const insideBoth = this.#insideBraces || this.#insideBrackets;
    if (isLetter(code) || (code === colon && !insideBoth))
      return this.#found("word", endOf(insideBoth ? labelPattern : wordPattern, text, at));
    if (!this.#insideBraces && (isDigit(code) || (code === dot && isDigit(text.charCodeAt(at + 1)))))
      return this.#readNumber(at);
    if (code === quote || code === apostrophe || code === backtick) return this.#readString(at);
    return this.#readSign(at);
  }

  #found(kind: TokenKind, to: number): TokenKind {
    this.to = to;
    return kind;
  }

  #readSign(at: number): TokenKind {
    const two = this.text.slice(at, at + 2);
    if (doubleSigns.has(two) && !(this.#insideBraces && onlyOutsideBraces.has(two))) return this.#found("sign", at + 2);
    const sign = two.slice(0, 1);
    if (!singleSigns.has(sign)) return this.#found("error", at + 1);
    if (sign === "{") this.#insideBraces = true;
    else if (sign === "}") this.#insideBraces = false;
    else if (sign === "[" || sign === "]") this.#insideBrackets = this.#beforeNumber = sign === "[";
    return this.#found("sign", at + 1);
  }

  #readNumber(at: number): TokenKind {
    this.#beforeNumber = false;
    const to = endOf(numericPattern, this.text, at);
    const written = this.text.slice(at, to);
    if (numberPattern.test(written)) return this.#found("number", to);
    return this.#found(durationPattern.test(written) ? "duration" : "error", to);
  }

  #readString(at: number): TokenKind {
    const { text } = this;
    const simple = endOf(simpleString, text, at);
    if (simple > at) return this.#found("string", simple);
    const mark = text[at] ?? "";
    let end = at + 1;
    while (end < text.length && text[end] !== mark) end += text[end] === "\\" && mark !== "`" ? 2 : 1;
    end = Math.min(end + 1, text.length);
    const problem = literalProblem(text.slice(at, end));
    if (problem !== undefined) this.from = at + problem;
    return this.#found(problem === undefined ? "string" : "error", end);
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === underscore;
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}
