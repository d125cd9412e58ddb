import type { Environment } from "@marcbachmann/cel-js";
import { parseCel } from "../admission/cel-syntax.ts";
import { tokenise } from "../admission/cel-tokens.ts";
import { kubernetesCel, matchesRe2 } from "./kubernetes-functions.ts";

/** What an expression comes to, or why it comes to nothing. */
export type CelResult =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

/** The names that an admission expression may begin with. What is not said is `null`, as the API server has it. */
export interface CelNames {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly request: unknown;
  readonly namespaceObject: unknown;
  readonly variables: unknown;
}

/** An expression that is ready to be asked. */
export type CelProgram = (names: CelNames) => CelResult;

const admission: Environment = kubernetesCel()
  .registerVariable("object", "dyn")
  .registerVariable("oldObject", "dyn")
  .registerVariable("request", "dyn")
  .registerVariable("namespaceObject", "dyn")
  .registerVariable("variables", "dyn");

/** Why a variable has no value: who reads it has none either. */
export class CelProblem extends Error {}

/**
 * Makes an expression ready. Nothing is thrown: an expression that is none comes to its problem whenever it is asked, as does one that finds no field, an
 * index out of range or a function that nobody knows.
 */
export function celProgram(expression: string): CelProgram {
  const { value: program, problem } = parse(expression);
  if (program === undefined) return () => ({ problem });
  return (names) => attempt((): unknown => program({ ...names }));
}

/**
 * What is wrong with an expression whatever it is asked about: it does not parse, reads a name that is none, or applies an operator or function to types that it
 * does not take. `undefined` when nothing is.
 *
 * @example
 * celProblem("object.spec.replicas + 'a' == 1 + 1.5"); // no such overload: int + double
 */
export function celProblem(expression: string): string | undefined {
  const { value: program, problem } = parse(expression);
  if (program === undefined) return problem;
  // Nobody here knows the types of what only a cluster can say.
  if (isBeyond(expression)) return undefined;
  const { error } = program.check();
  return error === undefined ? undefined : problemOf(error);
}

/** Names and functions of Kubernetes' CEL that are not evaluated here. */
const beyondRoots: ReadonlySet<string> = new Set([
  "authorizer",
  "cidr",
  "ip",
  "isCIDR",
  "isIP",
  "isSemver",
  "isURL",
  "params",
  "semver",
  "sets",
  "url",
]);

/** Functions of strings and lists that are not evaluated here. */
const beyondMembers: ReadonlySet<string> = new Set([
  "distinct",
  "flatten",
  "format",
  "quote",
  "reverse",
  "slice",
  "sort",
  "sortBy",
]);

function isBeyond(expression: string): boolean {
  const tokens = tokenise(expression);
  return tokens.some(({ kind, text }, index) => {
    if (kind !== "name") return false;
    if (tokens[index - 1]?.text !== ".") return beyondRoots.has(text);
    return beyondMembers.has(text) && tokens[index + 1]?.text === "(";
  });
}

/** Of two parsers that both refuse a text, ours says in plainer words why. */
function parse(expression: string): Attempt<ReturnType<Environment["parse"]>> {
  const parsed = attempt(() => admission.parse(withRe2(expression)));
  return parsed.problem === undefined ? parsed : { problem: parseCel(expression).problem ?? parsed.problem };
}

/** The expression with each call of `matches` made one of RE2. */
function withRe2(expression: string): string {
  if (!expression.includes("matches")) return expression;
  const tokens = tokenise(expression);
  const calls = tokens.filter(
    ({ kind, text }, index) =>
      kind === "name" && text === "matches" && tokens[index - 1]?.text === "." && tokens[index + 1]?.text === "(",
  );
  return calls.reduceRight((text, { start, end }) => text.slice(0, start) + matchesRe2 + text.slice(end), expression);
}

type Attempt<Value> = { value: Value; problem?: undefined } | { value?: undefined; problem: string };

function attempt<Value>(run: () => Value): Attempt<Value> {
  try {
    return { value: run() };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** The first line: the others show the expression once more, with a mark below it. */
function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0] ?? text;
}
