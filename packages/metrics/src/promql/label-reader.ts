import { numberOf } from "./duration.ts";
import type { Expression, Grouping, LabelMatcher, MatchOperator, Selector, VectorMatching } from "./expression.ts";
import { isPlainMetricName, unquotePromql } from "./quote.ts";
import type { Tokens } from "./token.ts";

/** Where the parts of an expression stand in its text. */
export interface Positions {
  /** Offset of a part: an expression, a matcher, a grouping. */
  readonly of: Map<object, number>;
  /** Offsets of the names in a list of labels. */
  readonly labels: Map<readonly string[], readonly number[]>;
  /** Offsets of ranges and offsets that are numbers without a unit. */
  readonly unitless: number[];
}

/** Why a text is no expression. */
export interface PromqlProblem {
  /** What is wrong, as the end of a sentence. */
  readonly message: string;
  /** Offset in the text. */
  readonly at: number;
}

/** What a text means, or why it means nothing. */
export type ParsedPromql =
  | { readonly expression: Expression; readonly problem?: undefined }
  | { readonly expression?: undefined; readonly problem: PromqlProblem };

export class Refusal extends Error {
  readonly problem: PromqlProblem;

  constructor(problem: PromqlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Gives up: the text is wrong at an offset. */
export function refuse(message: string, at: number): never {
  throw new Refusal({ message, at });
}

/** How the sides of an operator find each other. */
export interface Modifiers {
  readonly bool: boolean;
  readonly matching: VectorMatching | undefined;
}

const matchOperators: Readonly<Record<string, MatchOperator>> = { "=": "=", "!=": "!=", "=~": "=~", "!~": "!~" };

/** Reads what has to do with labels: selectors, lists, the clauses of operators. */
export class LabelReader {
  protected readonly tokens: Tokens;
  protected readonly positions: Positions | undefined;

  constructor(tokens: Tokens, positions: Positions | undefined) {
    this.tokens = tokens;
    this.positions = positions;
  }

  protected unexpected(expected: string): never {
    const { kind, from } = this.tokens;
    if (kind === "end") return refuse("the expression ends too early", from);
    return refuse(`${JSON.stringify(this.tokens.text.slice(from, from + 20))}, where ${expected} is expected`, from);
  }

  protected take(sign: string): void {
    if (!this.tokens.isSign(sign)) this.unexpected(JSON.stringify(sign));
    this.tokens.next();
  }

  protected placed<Part extends object>(part: Part, at: number): Part {
    this.positions?.of.set(part, at);
    return part;
  }

  protected groupingFollows(): boolean {
    if (this.tokens.kind !== "word") return false;
    const word = this.tokens.word().toLowerCase();
    return word === "by" || word === "without";
  }

  protected grouping(): Grouping {
    const { from } = this.tokens;
    const clause = this.tokens.word().toLowerCase() === "by" ? "by" : "without";
    this.tokens.next();
    return this.placed({ clause, labels: this.labels() }, from);
  }

  protected labels(): readonly string[] {
    this.take("(");
    const names: string[] = [];
    const places: number[] = [];
    while (!this.tokens.isSign(")")) {
      const { kind, from } = this.tokens;
      const name = kind === "string" ? unquotePromql(this.tokens.word()) : kind === "word" ? this.tokens.word() : "";
      if (name === "" || (kind === "word" && /^(?:inf|nan)$/i.test(name))) this.unexpected("the name of a label");
      this.tokens.next();
      names.push(name);
      places.push(from);
      if (!this.tokens.isSign(",")) break;
      this.tokens.next();
      if (names.length === 0) this.unexpected("the name of a label");
    }
    this.take(")");
    this.positions?.labels.set(names, places);
    return names;
  }

  protected keyword(...words: readonly string[]): string | undefined {
    if (this.tokens.kind !== "word") return undefined;
    const word = this.tokens.word().toLowerCase();
    if (!words.includes(word)) return undefined;
    return word;
  }

  protected modifiers(): Modifiers {
    const bool = this.keyword("bool") !== undefined;
    if (bool) this.tokens.next();
    const clause = this.keyword("on", "ignoring");
    let matching: VectorMatching | undefined;
    if (clause !== undefined) {
      this.tokens.next();
      const labels = this.labels();
      matching = { clause: clause === "on" ? "on" : "ignoring", labels };
      const group = this.keyword("group_left", "group_right");
      if (group !== undefined) {
        this.tokens.next();
        const taken = this.tokens.isSign("(") ? this.labels() : [];
        matching = { ...matching, group: { side: group === "group_left" ? "left" : "right", labels: taken } };
      }
    }
    const fill = this.#fill();
    if (fill !== undefined) matching = { ...(matching ?? { clause: "ignoring", labels: [] }), fill };
    return { bool, matching };
  }

  #fill(): VectorMatching["fill"] {
    const first = this.#fillSide();
    if (first === undefined) return undefined;
    const value = this.#fillValue();
    if (first === "fill") return { left: value, right: value };
    const second = this.#fillSide();
    if (second === undefined || second === "fill" || second === first)
      return first === "fill_left" ? { left: value } : { right: value };
    const other = this.#fillValue();
    return first === "fill_left" ? { left: value, right: other } : { left: other, right: value };
  }

  /** `fill` is a modifier before a parenthesis, and a metric otherwise. */
  #fillSide(): string | undefined {
    const word = this.keyword("fill", "fill_left", "fill_right");
    return word !== undefined && /^[ \t\r\n]*\(/.test(this.tokens.text.slice(this.tokens.to)) ? word : undefined;
  }

  #fillValue(): number {
    this.tokens.next();
    this.take("(");
    const negative = this.tokens.isSign("-");
    if (negative || this.tokens.isSign("+")) this.tokens.next();
    const { kind } = this.tokens;
    const word = this.keyword("inf", "nan");
    if (word === undefined && kind !== "number" && kind !== "duration") this.unexpected("a number");
    const value =
      word === undefined ? numberOf(this.tokens, refuse) : word === "inf" ? Number.POSITIVE_INFINITY : Number.NaN;
    if (word !== undefined) this.tokens.next();
    this.take(")");
    return negative ? -value : value;
  }

  protected selector(series: string): Selector {
    if (!this.tokens.isSign("{")) return { kind: "selector", series, matchers: [] };
    const { from } = this.tokens;
    this.tokens.next();
    const matchers: LabelMatcher[] = [];
    while (!this.tokens.isSign("}")) {
      matchers.push(this.#matcher());
      if (!this.tokens.isSign(",")) break;
      this.tokens.next();
    }
    this.take("}");
    if (series !== "") return { kind: "selector", series, matchers };
    const names = matchers.filter(({ label, operator }) => label === "__name__" && operator === "=");
    const [only] = names;
    // A name that can only stand in quotes is the series' name all the same.
    if (only === undefined || names.length > 1 || only.value === "" || isPlainMetricName(only.value))
      return this.placed({ kind: "selector", series, matchers }, from);
    return { kind: "selector", series: only.value, matchers: matchers.filter((matcher) => matcher !== only) };
  }

  #matcher(): LabelMatcher {
    const { kind, from } = this.tokens;
    if (kind !== "word" && kind !== "string") this.unexpected("the name of a label");
    const label = kind === "string" ? unquotePromql(this.tokens.word()) : this.tokens.word();
    this.tokens.next();
    const operator = this.tokens.kind === "sign" ? matchOperators[this.tokens.word()] : undefined;
    if (operator === undefined) {
      if (kind !== "string") this.unexpected("=, !=, =~ or !~");
      return this.placed({ label: "__name__", operator: "=", value: label }, from);
    }
    this.tokens.next();
    if (this.tokens.kind !== "string") this.unexpected("a text in quotes");
    const value = unquotePromql(this.tokens.word());
    this.tokens.next();
    return this.placed({ label, operator, value }, from);
  }
}
