import type { Expression } from "./expression.ts";
import type { ParsedPromql } from "./label-reader.ts";
import { readPromql } from "./parse.ts";
import { printPromql, printPromqlLine } from "./print.ts";
import type { VariableSyntax } from "./variables.ts";

/** How a text is read. */
export interface ReadOptions {
  /** Variables that are filled in before Prometheus sees the text. @default none */
  readonly variables?: VariableSyntax;
}

// As many texts as a large platform has shapes of expressions; the oldest go first.
const REMEMBERED = 10_000;
const remembered = new Map<string, ParsedPromql>();

/**
 * A text as an expression, or where and why it is none. The same text is read once.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 * @example
 * const { expression, problem } = parsePromql('sum(rate(up{job="a"}[5m]))');
 */
export function parsePromql(text: string, { variables }: ReadOptions = {}): ParsedPromql {
  const key = variables === undefined ? text : `${variables}\u0000${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const parsed = readPromql(text, variables);
  if (remembered.size >= REMEMBERED) {
    for (const oldest of remembered.keys()) {
      remembered.delete(oldest);
      if (remembered.size < REMEMBERED / 2) break;
    }
  }
  remembered.set(key, parsed);
  return parsed;
}

/**
 * Somebody's PromQL as a value, which can stand inside others, be looked through and be changed.
 *
 * @throws TypeError with the line and column where the text is no PromQL.
 * @example
 * divide(promql("sum(rate(coredns_dns_responses_total[5m]))"), 2);
 */
export function promql(text: string, options: ReadOptions = {}): Expression {
  const { expression, problem } = parsePromql(text, options);
  if (problem === undefined) return expression;
  throw new TypeError(`${JSON.stringify(text)} is no PromQL, ${placeInWords(text, problem.at)}: ${problem.message}.`);
}

/**
 * A text in the form of `promtool promql format`: on one line up to 100 characters, split and indented beyond. Comments go.
 *
 * @throws TypeError with the line and column where the text is no PromQL.
 * @example
 * formatPromql("sum(rate(up[60m]))by(job)"); // sum by (job) (rate(up[1h]))
 */
export function formatPromql(text: string, options: ReadOptions = {}): string {
  return printPromql(promql(text, options));
}

/** A text on one line, as Prometheus prints it: without comments, line breaks and blanks that mean nothing. */
export function formatPromqlLine(text: string, options: ReadOptions = {}): string {
  return printPromqlLine(promql(text, options));
}

/** Where an offset is, counted from 1. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `line 2, column 5`. */
export function placeInWords(text: string, offset: number): string {
  const { line, column } = placeOf(text, offset);
  return `line ${line}, column ${column}`;
}
