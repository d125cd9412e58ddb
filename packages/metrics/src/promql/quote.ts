import { isReserved } from "./keywords.ts";

// Escapes with a letter of their own in Go's strconv.Quote, which PromQL's printer uses.
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

// What Go's strconv.IsPrint refuses: everything but letters, marks, numbers, punctuation, symbols and the ASCII space. And U+FFFD, which
// Prometheus takes for broken UTF-8 (promql/parser/lex.go).
const needsEscape = /[\\"\ufffd]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/**
 * A PromQL string literal that means exactly this text, as Prometheus prints it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export function quotePromql(text: string): string {
  const escaped = text
    .toWellFormed()
    .replace(needsEscape, (character) => shortEscapes.get(character) ?? numericEscape(character.codePointAt(0) ?? 0));
  return `"${escaped}"`;
}

function numericEscape(codePoint: number): string {
  const digits = codePoint.toString(16);
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${digits.padStart(2, "0")}`;
  return codePoint > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

/**
 * Offset of the first character of a string literal that Prometheus refuses: a missing end, an escape that does not exist, U+FFFD.
 *
 * @see https://github.com/prometheus/prometheus/blob/main/util/strutil/quote.go
 */
export function literalProblem(literal: string): number | undefined {
  const quote = literal[0] ?? "";
  const body = quote === "`" ? /^`[^`\ufffd]*/ : quote === '"' ? doubleQuoted : singleQuoted;
  const end = body.exec(literal)?.[0].length ?? 0;
  if (end === literal.length) return 0;
  return end === literal.length - 1 && literal.endsWith(quote) ? undefined : end;
}

const hex = "[0-9a-fA-F]";
const surrogate = "[dD][89a-fA-F]";
// promql/parser/lex.go, lexEscape: no surrogates, nothing above U+10FFFF.
const escapes = String.raw`\\(?:[abfnrtv\\]|x[0-9a-fA-F]{2}|u(?!${surrogate})${hex}{4}|U00(?:0(?!0${surrogate})|(?=10)1)${hex}{5}|[0-3][0-7]{2})`;
const doubleQuoted = new RegExp(String.raw`^"(?:[^"\\\n\ufffd]|\\"|${escapes})*`);
const singleQuoted = new RegExp(String.raw`^'(?:[^'\\\n\ufffd]|\\'|${escapes})*`);

const letters: Readonly<Record<string, string>> = { a: "\u0007", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

const bytes = new TextDecoder();

/** The text that a PromQL string literal means. Escaped bytes that are no UTF-8 become U+FFFD. */
export function unquotePromql(literal: string): string {
  const body = literal.slice(1, -1);
  if (literal.startsWith("`") || !body.includes("\\")) return body;
  return body.replace(
    /((?:\\x[0-9a-fA-F]{2}|\\[0-7]{3})+)|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gsu,
    (_, escapedBytes: string | undefined, short: string | undefined, long: string | undefined, letter: string) => {
      if (escapedBytes !== undefined)
        return bytes.decode(Uint8Array.from(escapedBytes.match(/\\(?:x..|...)/g) ?? [], byteOf));
      const digits = short ?? long;
      return digits === undefined ? (letters[letter] ?? letter) : String.fromCodePoint(Number.parseInt(digits, 16));
    },
  );
}

function byteOf(written: string): number {
  return written[1] === "x" ? Number.parseInt(written.slice(2), 16) : Number.parseInt(written.slice(1), 8);
}

const legacyLabelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const legacyMetricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** A label's name between braces: quoted where it is not one of the classic names (Prometheus 3). */
export function printLabelName(name: string): string {
  return legacyLabelName.test(name) ? name : quotePromql(name);
}

/** A label's name in a list: there, a number's name must be quoted, too. */
export function printListedLabel(name: string): string {
  return /^(?:inf|nan)$/i.test(name) ? quotePromql(name) : printLabelName(name);
}

/** Whether a metric's name can stand before the braces. */
export function isPlainMetricName(name: string): boolean {
  return legacyMetricName.test(name) && !isReserved(name);
}
