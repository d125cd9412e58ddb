import type { LRParser } from "@lezer/lr";
import { placeInWords, type QueryProblem } from "./query-finding.ts";

/** What a language's texts and comments look like. */
export interface Lexis {
  /** Matches a closed text, a comment, a bracket, or a quote that nothing closes. */
  readonly token: RegExp;
}

const closing: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** A bracket or a quote that is not closed: says more than a grammar, which only sees that something else follows. */
export function unclosedProblem(text: string, { token }: Lexis): QueryProblem | undefined {
  const open: { readonly bracket: string; readonly at: number }[] = [];
  for (const { 0: found, index: at } of text.matchAll(token)) {
    if (closing.has(found)) open.push({ bracket: found, at });
    else if (/^[)\]}]$/.test(found)) {
      const last = open.pop();
      if (last === undefined) return { at, message: `closes ${found} at ${placeInWords(text, at)}, which is not open` };
      const expected = closing.get(last.bracket);
      if (expected !== found)
        return {
          at,
          message: `closes ${found} at ${placeInWords(text, at)}, where ${expected} must close the ${last.bracket} of ${placeInWords(text, last.at)}`,
        };
    } else if (/^["'`]$/.test(found)) {
      return { at, message: `has a text without its closing quote, from ${placeInWords(text, at)} on` };
    }
  }
  const left = open.pop();
  return left === undefined
    ? undefined
    : {
        at: left.at,
        message: `lacks a ${closing.get(left.bracket)} for the ${left.bracket} of ${placeInWords(text, left.at)}`,
      };
}

/** The first place at which a text is not of a grammar. */
export function syntaxProblem(
  parser: LRParser,
  text: string,
): { readonly at: number; readonly found: string } | undefined {
  let problem: { at: number; found: string } | undefined;
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && problem === undefined) problem = { at: from, found: foundAt(text, from, to) };
      return problem === undefined;
    },
  });
  return problem;
}

/** What stands there, in the words of the text; empty at its end. */
function foundAt(text: string, from: number, to: number): string {
  const rest = text.slice(from).trimStart();
  return to > from ? text.slice(from, to).trim() : (/^(?:[\w.:$]+|\S)/.exec(rest)?.[0] ?? "");
}

/** The problem in words. */
export function syntaxMessage(written: string, at: number, found: string): string {
  return found === ""
    ? `does not parse at ${placeInWords(written, at)}: it ends where something must follow`
    : `does not parse at ${placeInWords(written, at)}: ${found} cannot stand here`;
}
