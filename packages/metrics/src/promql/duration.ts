import { parseDuration, printDuration } from "@plinth/core";
import { formatDecimal, parseNumber } from "./number.ts";
import type { Tokens } from "./token.ts";

/** A stretch of time between brackets or after `offset`. */
export interface Duration {
  /** As Prometheus prints it, without the parentheses around it. */
  readonly text: string;
  /** Stands in parentheses. */
  readonly wrapped?: true;
  /** In seconds, where it is one number. */
  readonly seconds?: number;
}

/** Says that the text is wrong at an offset: whoever calls gives up. */
export type Refuse = (message: string, at: number) => never;

// A Go duration: 64 bits of nanoseconds.
const LONGEST_SECONDS = 2 ** 63 / 1e9;
const operators: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 4 };
const SIGN = 3;

/** Seconds as Prometheus prints a duration: whole milliseconds, the largest units first. */
export function durationText(seconds: number): string {
  const milliseconds = Math.trunc(Math.round(Math.abs(seconds) * 1e9) / 1e6);
  return `${seconds < 0 ? "-" : ""}${printDuration(milliseconds)}`;
}

/** A duration with its parentheses. */
export function printedDuration({ text, wrapped }: Duration): string {
  return wrapped === true ? `(${text})` : text;
}

/**
 * Reads an expression of durations: `5m`, `300`, `step() * 2`, `max_of(1m, range())`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
export function readDuration(tokens: Tokens, refuse: Refuse, least = 0, depth = 0): Duration {
  if (depth > 500) refuse("is nested too deeply", tokens.from);
  let left = readOperand(tokens, refuse, depth);
  for (;;) {
    const operator = tokens.kind === "sign" ? tokens.word() : "";
    const binding = Object.hasOwn(operators, operator) ? (operators[operator] ?? 0) : 0;
    if (binding === 0 || binding < least) return left;
    const at = tokens.from;
    tokens.next();
    const right = readDuration(tokens, refuse, operator === "^" ? binding : binding + 1, depth + 1);
    if ((operator === "/" || operator === "%") && right.seconds === 0) refuse("divides by zero", at);
    left = { text: `${printedDuration(left)} ${operator} ${printedDuration(right)}` };
  }
}

/** Reads what stands after `offset`. Only in parentheses is it an expression of several durations: `up offset 5m + 1` adds 1 to `up`. */
export function readOffset(tokens: Tokens, refuse: Refuse): Duration {
  if (tokens.isSign("(")) return readDuration(tokens, refuse);
  if (tokens.isSign("-") || tokens.isSign("+")) {
    const negative = tokens.isSign("-");
    tokens.next();
    if (tokens.isSign("-") || tokens.isSign("+"))
      return signed(negative, readDuration(tokens, refuse, SIGN), refuse, tokens);
    return signed(negative, readOperand(tokens, refuse, 0), refuse, tokens);
  }
  return readOperand(tokens, refuse, 0);
}

function signed(negative: boolean, duration: Duration, refuse: Refuse, { from }: Tokens): Duration {
  if (duration.seconds !== undefined) {
    const seconds = negative ? -duration.seconds : duration.seconds;
    return literal(seconds, /[a-z]$/.test(duration.text), refuse, from);
  }
  return negative ? { text: `-${printedDuration(duration)}` } : duration;
}

function literal(seconds: number, withUnit: boolean, refuse: Refuse, at: number): Duration {
  if (seconds > LONGEST_SECONDS || seconds < -LONGEST_SECONDS) refuse("is a duration that is too long", at);
  return { text: withUnit ? durationText(seconds) : formatDecimal(seconds), seconds };
}

function readOperand(tokens: Tokens, refuse: Refuse, depth: number): Duration {
  const at = tokens.from;
  if (tokens.kind === "number" || tokens.kind === "duration") {
    const withUnit = tokens.kind === "duration";
    const seconds = numberOf(tokens, refuse);
    return literal(seconds, withUnit, refuse, at);
  }
  if (tokens.kind === "variable") {
    const text = tokens.word();
    tokens.next();
    return { text };
  }
  if (tokens.isSign("-") || tokens.isSign("+")) {
    const negative = tokens.isSign("-");
    tokens.next();
    return signed(negative, readDuration(tokens, refuse, SIGN, depth + 1), refuse, tokens);
  }
  if (tokens.isSign("(")) {
    tokens.next();
    const inner = readDuration(tokens, refuse, 0, depth + 1);
    take(tokens, ")", refuse);
    return { text: inner.text, wrapped: true };
  }
  const name = tokens.kind === "word" ? tokens.word().toLowerCase() : "";
  if (name === "step" || name === "range") {
    tokens.next();
    take(tokens, "(", refuse);
    take(tokens, ")", refuse);
    return { text: `${name}()` };
  }
  if (name === "min_of" || name === "max_of") {
    tokens.next();
    take(tokens, "(", refuse);
    const first = readDuration(tokens, refuse, 0, depth + 1);
    take(tokens, ",", refuse);
    const second = readDuration(tokens, refuse, 0, depth + 1);
    take(tokens, ")", refuse);
    return { text: `${name}(${printedDuration(first)}, ${printedDuration(second)})` };
  }
  return refuse("needs a duration here, such as 5m", at);
}

function take(tokens: Tokens, sign: string, refuse: Refuse): void {
  if (!tokens.isSign(sign)) refuse(`needs ${sign} here`, tokens.from);
  tokens.next();
}

/** The value of the number or duration that is looked at, in seconds where it has a unit. */
export function numberOf(tokens: Tokens, refuse: Refuse): number {
  const { kind, from } = tokens;
  const written = tokens.word();
  tokens.next();
  if (kind === "number") return parseNumber(written) ?? refuse("is a number that is too large", from);
  const milliseconds = parseDuration(written);
  return milliseconds === undefined
    ? refuse("is no duration: units go from large to small, each once", from)
    : milliseconds / 1000;
}
