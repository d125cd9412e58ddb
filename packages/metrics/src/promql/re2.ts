import { asciiClasses, controls, perlClasses } from "./re2-classes.ts";

/** A regular expression of a matcher. */
export interface LabelPattern {
  /** Why Prometheus refuses it. */
  readonly problem?: string;
  /** Whether it matches a whole value; `undefined` where that is not known here, because it would take too long or JavaScript says it otherwise. */
  matches(value: string): boolean | undefined;
  /** Number of its groups in parentheses. */
  readonly groups: number;
}

const MOST_REPEATS = 1000;
const REMEMBERED = 1000;
const remembered = new Map<string, LabelPattern>();

/**
 * Reads a regular expression as Prometheus does.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function labelPattern(source: string): LabelPattern {
  const known = remembered.get(source);
  if (known !== undefined) return known;
  const pattern = readPattern(source);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(source, pattern);
  return pattern;
}

/**
 * Why Go, and so Prometheus, the collector and Kubernetes' tools, refuse a regular expression; `undefined` where they take it.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 * @example
 * re2Problem("checkout-(?!canary)"); // what RE2 does not have
 * re2Problem("checkout-.*"); // undefined
 */
export function re2Problem(pattern: string): string | undefined {
  return labelPattern(pattern).problem;
}

function readPattern(source: string): LabelPattern {
  try {
    const { translated, flags, backtracks, groups } = new PatternReader(source).read();
    const expression = translated === undefined ? undefined : compiled(translated, flags);
    return {
      groups,
      matches: (value) =>
        expression === undefined || (backtracks && value.length > 1) ? undefined : expression.test(value),
    };
  } catch (error) {
    if (error instanceof PatternProblem) return { problem: error.message, groups: 0, matches: () => undefined };
    throw error;
  }
}

function compiled(translated: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${translated})$`, flags);
  } catch {
    return undefined;
  }
}

class PatternProblem extends Error {}

function refuse(message: string): never {
  throw new PatternProblem(message);
}

/** What is known of the piece that a repetition would repeat. */
interface Piece {
  /** How often the most repeated part of it stands there. */
  readonly repeats: number;
  /** Has repetitions or alternatives: repeated again, a search could take forever. */
  readonly branches: boolean;
}

interface Character {
  /** As JavaScript writes it. */
  readonly text: string;
  /** Code point; `undefined` for a class of several. */
  readonly code?: number;
}

class PatternReader {
  readonly #source: string;
  #at = 0;
  #groups = 0;
  #caseless = false;
  #unknown = false;
  #backtracks = false;

  constructor(source: string) {
    this.#source = source;
  }

  read(): { translated: string | undefined; flags: string; backtracks: boolean; groups: number } {
    const { text } = this.#alternatives(0);
    if (this.#at < this.#source.length) refuse("unexpected )");
    return {
      translated: this.#unknown ? undefined : text,
      flags: this.#caseless ? "sui" : "su",
      backtracks: this.#backtracks,
      groups: this.#groups,
    };
  }

  #is(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #character(): string {
    const code = this.#source.codePointAt(this.#at);
    const character = code === undefined ? "" : String.fromCodePoint(code);
    this.#at += character.length;
    return character;
  }

  #alternatives(depth: number): { text: string; piece: Piece } {
    // Go refuses what is nested deeper than 1000.
    if (depth > 900) refuse("expression nests too deeply");
    let text = "";
    let last: { text: string; piece: Piece } | undefined;
    let repeated = false;
    let piece: Piece = { repeats: 1, branches: false };
    const settle = (): void => {
      if (last === undefined) return;
      text += last.text;
      piece = { repeats: Math.max(piece.repeats, last.piece.repeats), branches: piece.branches || last.piece.branches };
      last = undefined;
    };
    while (this.#at < this.#source.length && !this.#is(")")) {
      const repetition = this.#repetition();
      if (repetition !== undefined) {
        if (repeated) refuse("invalid nested repetition operator");
        if (last === undefined) refuse("missing argument to repetition operator");
        const { most, text: written } = repetition;
        const repeats = last.piece.repeats * Math.max(most, 1);
        if (repeats > MOST_REPEATS) refuse("invalid repeat count");
        if (last.piece.branches) this.#backtracks = true;
        last = { text: `(?:${last.text})${written}`, piece: { repeats, branches: true } };
        repeated = true;
        continue;
      }
      repeated = false;
      if (this.#is("|")) {
        this.#at++;
        settle();
        text += "|";
        piece = { ...piece, branches: true };
        continue;
      }
      const next = this.#piece(depth);
      if (next === undefined) continue;
      settle();
      last = next;
    }
    settle();
    return { text, piece };
  }

  /** A repetition; `most` counts only what Prometheus limits. */
  #repetition(): { text: string; most: number } | undefined {
    const found = /[*+?]\??|\{(\d+)(?:(,)(\d*))?\}\??/y;
    found.lastIndex = this.#at;
    const match = found.exec(this.#source);
    if (match === null) return undefined;
    this.#at = found.lastIndex;
    const [text, least, comma, greatest] = match;
    if (least === undefined) return { text, most: 1 };
    const [low, high] = [Number(least), comma === undefined ? Number(least) : greatest === "" ? -1 : Number(greatest)];
    if (low > MOST_REPEATS || high > MOST_REPEATS || (high >= 0 && low > high)) refuse("invalid repeat count");
    if (/^\{0\d/.test(text) || /,0\d/.test(text)) this.#unknown = true;
    return { text, most: Math.max(low, high) };
  }

  #piece(depth: number): { text: string; piece: Piece } | undefined {
    const plain = (text: string): { text: string; piece: Piece } => ({ text, piece: { repeats: 1, branches: false } });
    if (this.#is("(")) return this.#group(depth);
    if (this.#is("[")) return plain(this.#class());
    if (this.#is("\\")) {
      if (this.#is("\\Q")) return this.#quoted();
      return plain(this.#escape(false).text);
    }
    const character = this.#character();
    if (character === "." || character === "^" || character === "$") return plain(character);
    return plain(literal(character.codePointAt(0) ?? 0));
  }

  #quoted(): { text: string; piece: Piece } | undefined {
    const end = this.#source.indexOf("\\E", this.#at + 2);
    const inner = this.#source.slice(this.#at + 2, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.#source.length : end + 2;
    // A repetition after it repeats its last character only.
    this.#unknown ||= inner.length > 1;
    return inner === ""
      ? undefined
      : {
          text: [...inner].map((one) => literal(one.codePointAt(0) ?? 0)).join(""),
          piece: { repeats: 1, branches: false },
        };
  }

  #group(depth: number): { text: string; piece: Piece } | undefined {
    const opening = /\((?:\?P?<([^>]*)>|\?([imsU]*)(?:-([imsU]+))?([:)])|(\?)|)/y;
    opening.lastIndex = this.#at;
    const match = opening.exec(this.#source);
    const [text = "(", name, on, off, end, unknown] = match ?? [];
    this.#at += text.length;
    if (unknown !== undefined)
      refuse(
        this.#is("=") || this.#is("!") || this.#is("<")
          ? "invalid or unsupported Perl syntax: no lookaround"
          : "invalid or unsupported Perl syntax",
      );
    // Two of one name are no mistake here: Prometheus reads with github.com/grafana/regexp.
    if (name !== undefined && !/^\w+$/.test(name)) refuse("invalid named capture");
    if (end !== undefined) {
      if (end === ")" && on === "" && off === undefined) refuse("missing argument to repetition operator");
      const flags = `${on ?? ""}${off ?? ""}`;
      // The whole expression without regard to capitals is all that JavaScript can say as well.
      if (end === ")" && on === "i" && off === undefined && this.#at === text.length) this.#caseless = true;
      else if (flags.replaceAll("U", "").replaceAll("s", "") !== "" || off?.includes("s") === true)
        this.#unknown = true;
      if (end === ")") return undefined;
    } else this.#groups++;
    const inner = this.#alternatives(depth + 1);
    if (!this.#is(")")) refuse("missing closing )");
    this.#at++;
    return { text: `(?:${inner.text})`, piece: inner.piece };
  }

  #class(): string {
    this.#at++;
    const negated = this.#is("^");
    if (negated) this.#at++;
    let members = "";
    for (let first = true; first || !this.#is("]"); first = false) {
      if (this.#at >= this.#source.length) refuse("missing closing ]");
      const named = /\[:(\^?)(\w+):\]/y;
      named.lastIndex = this.#at;
      const match = named.exec(this.#source);
      if (match !== null) {
        const [text, inverted, name = ""] = match;
        this.#at += text.length;
        if (!Object.hasOwn(asciiClasses, name)) refuse("invalid character class range");
        if (inverted === "^") this.#unknown = true;
        members += asciiClasses[name] ?? "";
        continue;
      }
      if (this.#is("[:") && this.#source.indexOf(":]", this.#at + 2) !== -1) refuse("invalid character class range");
      members += this.#members();
    }
    this.#at++;
    return `[${negated ? "^" : ""}${members}]`;
  }

  /** One character of a class, or a range of them. */
  #members(): string {
    const low = this.#member();
    if (low.code === undefined || !this.#is("-") || this.#is("-]")) return low.text;
    this.#at++;
    if (this.#at >= this.#source.length) refuse("missing closing ]");
    const high = this.#member();
    if (high.code === undefined || high.code < low.code) refuse("invalid character class range");
    return `${low.text}-${high.text}`;
  }

  #member(): Character {
    if (this.#is("\\")) return this.#escape(true);
    const character = this.#character();
    const code = character.codePointAt(0) ?? 0;
    return { text: literal(code), code };
  }

  #escape(inClass: boolean): Character {
    this.#at++;
    if (this.#at >= this.#source.length) refuse("trailing backslash at end of expression");
    const character = this.#character();
    const lower = character.toLowerCase();
    const perl = perlClasses[lower];
    if (perl !== undefined) {
      if (lower === character) return { text: inClass ? perl : `[${perl}]` };
      if (inClass) this.#unknown = true;
      return { text: inClass ? perl : `[^${perl}]` };
    }
    if (lower === "p") return { text: this.#property(character) };
    if (!inClass) {
      if (character === "A") return { text: "^" };
      if (character === "z") return { text: "$" };
      if (lower === "b") return { text: `\\${character}` };
    }
    const control = controls[character];
    if (control !== undefined)
      return { text: control, code: "\u0007\f\n\r\t\v".charCodeAt("afnrtv".indexOf(character)) };
    if (character === "x") return character16(this.#hexadecimal());
    if (/[0-7]/.test(character)) {
      const octal = /[0-7]{1,2}/y;
      octal.lastIndex = this.#at;
      const digits = octal.exec(this.#source)?.[0] ?? "";
      if (character !== "0" && digits === "") refuse("invalid escape sequence: no references to groups");
      this.#at += digits.length;
      return character16(Number.parseInt(character + digits, 8));
    }
    if (/[^0-9A-Za-z]/.test(character) && character.charCodeAt(0) < 0x80) return character16(character.charCodeAt(0));
    return refuse(`invalid escape sequence: \\${character}`);
  }

  #hexadecimal(): number {
    const digits = /\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2})/y;
    digits.lastIndex = this.#at;
    const match = digits.exec(this.#source);
    if (match === null) refuse("invalid escape sequence: \\x");
    this.#at = digits.lastIndex;
    const code = Number.parseInt(match[1] ?? match[2] ?? "", 16);
    return code > 0x10ffff ? refuse("invalid escape sequence: \\x") : code;
  }

  #property(letter: string): string {
    const property = /\{(\^?)(\w+)\}|(\w)/y;
    property.lastIndex = this.#at;
    const match = property.exec(this.#source);
    if (match === null) refuse("invalid character class range: \\p");
    this.#at = property.lastIndex;
    const [, inverted = "", braced, single] = match;
    const name = braced ?? single ?? "";
    const negative = (inverted === "^") !== (letter === "P");
    const form = name.length <= 2 ? name : `Script=${name}`;
    if (name === "Any") return negative ? "[^\\s\\S]" : "[\\s\\S]";
    try {
      new RegExp(`\\p{${form}}`, "u");
    } catch {
      refuse(`invalid character class range: \\p{${name}}`);
    }
    return `\\${negative ? "P" : "p"}{${form}}`;
  }
}

function character16(code: number): Character {
  return { text: literal(code), code };
}

/** A character as itself, wherever it stands. */
function literal(code: number): string {
  const text = String.fromCodePoint(code);
  return /[\p{L}\p{N}_]/u.test(text) ? text : `\\u{${code.toString(16)}}`;
}
