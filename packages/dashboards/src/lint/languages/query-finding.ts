import type { Finding } from "@plinth/core";

/** Something that is wrong with a query, and where. */
export interface QueryFinding extends Finding {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** What is wrong with a part of a text, before it is known which line that is. */
export interface QueryProblem {
  /** Characters before it. */
  readonly at: number;
  readonly message: string;
  readonly expected?: string;
  readonly example?: string;
  /** @default "invalid-expression" */
  readonly code?: Finding["code"];
}

/** The finding of a problem in a text, with its line and column. */
export function queryFinding(
  text: string,
  { at, code = "invalid-expression", ...problem }: QueryProblem,
): QueryFinding {
  return { code, severity: "error", ...problem, ...placeOf(text, at) };
}

/** Where a character stands, as a reader says it. */
export function placeInWords(text: string, at: number): string {
  const { line, column } = placeOf(text, at);
  return line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
