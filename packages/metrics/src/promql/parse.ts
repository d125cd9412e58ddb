import { durationText, numberOf, printedDuration, readDuration, readOffset } from "./duration.ts";
import type { AggregationOperator, BinaryOperation, Expression, RangeSelector, Selector } from "./expression.ts";
import { isAggregation, isBinaryOperator, isReserved, precedence } from "./keywords.ts";
import { LabelReader, type ParsedPromql, type Positions, Refusal, refuse } from "./label-reader.ts";
import { unquotePromql } from "./quote.ts";
import { aggregationOf, binaryOf, momentOf } from "./read-operations.ts";
import { functionSignatures } from "./signatures.ts";
import { Tokens } from "./token.ts";
import type { VariableSyntax } from "./variables.ts";

/** Reads a text; where its parts stand is noted in `positions`. */
export function readPromql(text: string, variables: VariableSyntax | undefined, positions?: Positions): ParsedPromql {
  try {
    return { expression: new Reader(new Tokens(text, variables), positions).readAll() };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

const DEEPEST = 500;
const LONGEST_CHAIN = 1000;

/** The grammar of Prometheus 3.15: promql/parser/generated_parser.y. */
class Reader extends LabelReader {
  #depth = 0;
  // promql/parser/lex.go: a colon is only read after a number has stood between brackets.
  #sawDuration = false;

  readAll(): Expression {
    const expression = this.#expression(1);
    if (this.tokens.kind !== "end") this.unexpected("an operator or the end");
    return expression;
  }

  #expression(least: number): Expression {
    if (++this.#depth > DEEPEST) refuse("the expression is nested too deeply", this.tokens.from);
    const { from } = this.tokens;
    let left = this.#operand();
    for (let links = 0; ; links++) {
      if (links > LONGEST_CHAIN) refuse("the expression has too many operators in a row", this.tokens.from);
      const operator = this.#operator();
      if (operator === undefined || precedence[operator] < least) break;
      const at = this.tokens.from;
      this.tokens.next();
      const modifiers = this.modifiers();
      const right = this.#expression(operator === "^" ? precedence[operator] : precedence[operator] + 1);
      left = this.placed(binaryOf(operator, left, right, modifiers, at), from);
    }
    this.#depth--;
    return left;
  }

  #operator(): BinaryOperation["operator"] | undefined {
    const { kind } = this.tokens;
    if (kind !== "sign" && kind !== "word") return undefined;
    const word = kind === "sign" ? this.tokens.word() : this.tokens.word().toLowerCase();
    return isBinaryOperator(word) ? word : undefined;
  }

  #operand(): Expression {
    const { kind, from } = this.tokens;
    if (kind === "sign") {
      if (this.tokens.isSign("-") || this.tokens.isSign("+")) return this.#signed(from);
      if (this.tokens.isSign("(")) return this.#suffixed(this.#parenthesised(), from);
      if (this.tokens.isSign("{")) return this.#suffixed(this.placed(this.selector(""), from), from);
    }
    if (kind === "word") return this.#suffixed(this.#word(from), from);
    if (kind === "number" || kind === "duration") return this.#suffixed(this.placed(this.#number(), from), from);
    if (kind === "string") {
      const value = unquotePromql(this.tokens.word());
      this.tokens.next();
      return this.#suffixed(this.placed({ kind: "text", value }, from), from);
    }
    if (kind === "variable") {
      const text = this.tokens.word();
      this.tokens.next();
      return this.placed({ kind: "raw", text }, from);
    }
    return this.unexpected("an expression");
  }

  #number(): Expression {
    const duration = this.tokens.kind === "duration";
    const value = numberOf(this.tokens, refuse);
    return duration ? { kind: "number", value, duration: true } : { kind: "number", value };
  }

  #signed(from: number): Expression {
    const minus = this.tokens.isSign("-");
    this.tokens.next();
    // A sign binds as a product does: only powers and suffixes before it.
    const of = this.#expression(precedence["^"]);
    if (of.kind === "number" && of.parentheses === undefined)
      return this.placed(minus ? { ...of, value: -of.value } : of, from);
    return this.placed(minus ? { kind: "negation", of } : { kind: "negation", of, sign: "+" }, from);
  }

  #parenthesised(): Expression {
    const { from } = this.tokens;
    this.take("(");
    const inner = this.#expression(1);
    this.take(")");
    return this.placed({ ...inner, parentheses: (inner.parentheses ?? 0) + 1 }, from);
  }

  /** A metric, a function or an aggregation: a keyword is a metric where it cannot be anything else. */
  #word(from: number): Expression {
    const written = this.tokens.word();
    const lower = written.toLowerCase();
    if (lower === "inf" || lower === "nan") {
      this.tokens.next();
      return this.placed({ kind: "number", value: lower === "inf" ? Number.POSITIVE_INFINITY : Number.NaN }, from);
    }
    if (isReserved(lower)) return this.unexpected("an expression");
    this.tokens.next();
    if (isAggregation(lower) && (this.tokens.isSign("(") || this.groupingFollows()))
      return this.#aggregation(lower, from);
    if (this.tokens.isSign("(")) return this.#call(written, from);
    return this.placed(this.selector(written), from);
  }

  #call(name: string, from: number): Expression {
    if (!functionSignatures.has(name)) refuse(`${JSON.stringify(name)} is no function`, from);
    return this.placed({ kind: "call", name, arguments: this.#arguments() }, from);
  }

  #arguments(): readonly Expression[] {
    this.take("(");
    const list: Expression[] = [];
    if (!this.tokens.isSign(")")) {
      list.push(this.#expression(1));
      while (this.tokens.isSign(",")) {
        this.tokens.next();
        list.push(this.#expression(1));
      }
    }
    this.take(")");
    return list;
  }

  #aggregation(operator: AggregationOperator, from: number): Expression {
    const before = this.groupingFollows() ? this.grouping() : undefined;
    const list = this.#arguments();
    const grouping = before ?? (this.groupingFollows() ? this.grouping() : undefined);
    return this.placed(aggregationOf(operator, list, grouping, from), from);
  }

  /** What can stand after an expression: a range, `offset`, `@`, `anchored`, `smoothed`. */
  #suffixed(operand: Expression, from: number): Expression {
    let result = operand;
    for (;;) {
      if (this.tokens.isSign("[")) result = this.#range(result, from);
      else if (this.tokens.isSign("@")) result = this.#at(result, from);
      else {
        const word = this.keyword("offset", "anchored", "smoothed");
        if (word === undefined) return result;
        result =
          word === "offset"
            ? this.#offset(result, from)
            : this.#ends(result, word === "anchored" ? word : "smoothed", from);
      }
    }
  }

  #range(of: Expression, from: number): Expression {
    const at = this.tokens.from;
    this.tokens.next();
    const range = this.#positiveDuration();
    if (!this.tokens.isSign(":")) {
      this.take("]");
      if (of.kind !== "selector" || of.parentheses !== undefined)
        return refuse("only a selector can have a range: a subquery needs a colon, [5m:]", at);
      if (of.offset !== undefined || of.at !== undefined) return refuse("the range comes before offset and @", at);
      return this.placed({ kind: "range", of, range }, from);
    }
    if (!this.#sawDuration) this.unexpected("a number before the colon");
    this.tokens.next();
    const step = this.tokens.isSign("]") ? undefined : this.#positiveDuration();
    this.take("]");
    return this.placed(
      step === undefined ? { kind: "range", of, range, subquery: true } : { kind: "range", of, range, step },
      from,
    );
  }

  #positiveDuration(): string {
    const { from, kind } = this.tokens;
    const duration = readDuration(this.tokens, refuse);
    // Whatever is read between brackets before the first number is none.
    if (/\d/.test(this.tokens.text.slice(from, this.tokens.previousEnd)) || kind === "variable")
      this.#sawDuration = true;
    if (duration.seconds === undefined || duration.wrapped === true) return printedDuration(duration);
    if (duration.seconds <= 0) return refuse("a range must be longer than nothing", from);
    if (!/[a-z]$/.test(duration.text)) this.positions?.unitless.push(from);
    return durationText(duration.seconds);
  }

  #offset(result: Expression, from: number): Expression {
    const at = this.tokens.from;
    this.tokens.next();
    const { from: valueAt } = this.tokens;
    const duration = readOffset(this.tokens, refuse);
    if (duration.seconds !== undefined && !/[a-z]$/.test(duration.text)) this.positions?.unitless.push(valueAt);
    if (duration.seconds === 0) return this.#moved(result, {}, at, from);
    const offset =
      duration.seconds === undefined || duration.wrapped === true
        ? printedDuration(duration)
        : durationText(duration.seconds);
    return this.#moved(result, { offset }, at, from);
  }

  #at(result: Expression, from: number): Expression {
    const at = this.tokens.from;
    this.tokens.next();
    const word = this.keyword("start", "end");
    if (word !== undefined) {
      this.tokens.next();
      this.take("(");
      this.take(")");
      return this.#moved(result, { at: word === "start" ? "start" : "end" }, at, from);
    }
    const negative = this.tokens.isSign("-");
    if (negative || this.tokens.isSign("+")) this.tokens.next();
    const { kind } = this.tokens;
    if (kind !== "number" && kind !== "duration") return this.unexpected("a time in seconds, start() or end()");
    const seconds = numberOf(this.tokens, refuse);
    if (!(seconds < 2 ** 63)) return refuse("is no time", at);
    const milliseconds = Math.round(seconds * 1000);
    return this.#moved(result, { at: (negative ? -milliseconds : milliseconds) / 1000 }, at, from);
  }

  /** A selector, a range or a subquery at another moment. */
  #moved(result: Expression, moment: Pick<Selector, "offset" | "at">, at: number, from: number): Expression {
    const target = momentOf(result) ?? refuse("offset and @ go with a selector, a range or a subquery", at);
    if (moment.offset !== undefined && target.offset !== undefined) return refuse("offset stands twice", at);
    if (moment.at !== undefined && target.at !== undefined) return refuse("@ stands twice", at);
    return this.#replaced(result, this.placed({ ...target, ...moment }, from), from);
  }

  /** The changed selector, in its range where it has one. */
  #replaced(result: Expression, changed: Selector | RangeSelector, from: number): Expression {
    return result.kind === "range" && changed.kind === "selector"
      ? this.placed({ ...result, of: changed }, from)
      : changed;
  }

  #ends(result: Expression, ends: "anchored" | "smoothed", from: number): Expression {
    const at = this.tokens.from;
    this.tokens.next();
    const target = momentOf(result);
    if (target === undefined || target.kind !== "selector")
      return refuse(`${ends} goes with a selector or its range`, at);
    if (target.ends !== undefined && target.ends !== ends)
      return refuse("anchored and smoothed exclude each other", at);
    return this.#replaced(result, this.placed({ ...target, ends }, from), from);
  }
}
