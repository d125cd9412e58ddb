import { parser } from "@grafana/lezer-traceql";
import { nearestName } from "@plinth/core";
import { re2Problem } from "@plinth/metrics";
import { variablesIn } from "../grafana-variables.ts";
import { type FilledText, filledText } from "./filled-text.ts";
import { type QueryFinding, type QueryProblem, queryFinding } from "./query-finding.ts";
import { syntaxMessage, syntaxProblem, unclosedProblem } from "./syntax-problem.ts";
import { type TraceqlType, traceqlIntrinsics, traceqlWords } from "./traceql-intrinsics.ts";

const example = '{ resource.service.name = "checkout" && status = error }';

/**
 * What is wrong with TraceQL, which may hold Grafana's variables: syntax by Grafana's own grammar, attributes without a scope, comparisons that
 * Tempo refuses because the sides are of different types.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/
 * @example
 * traceqlFindings('{ service.name = "checkout" }').map(({ message }) => message);
 */
export function traceqlFindings(text: string): readonly QueryFinding[] {
  const written = (problem: QueryProblem): QueryFinding => queryFinding(text, problem);
  if (text.trim() === "") return [written({ at: 0, message: "asks nothing", expected: "a TraceQL query", example })];
  const unclosed = unclosedProblem(text, { token });
  if (unclosed !== undefined) return [written({ ...unclosed, example })];
  const filled = withoutVariables(text);
  const syntax = syntaxProblem(parser, filled.text);
  if (syntax === undefined) return comparisonProblems(text, filled).map(written);
  const at = wordBegin(text, filled.writtenAt(syntax.at));
  return [written({ at, ...syntaxWords(text, at, syntax.found) })];
}

const text = '"(?:\\\\[\\s\\S]|[^"\\\\])*"|`[^`]*`|//[^\\n]*|/\\*[\\s\\S]*?\\*/';
const token = new RegExp(`${text}|[()[\\]{}]|\\$\\{[^}]*\\}|["\`]`, "g");

// What Tempo reads and Grafana's grammar lacks: intrinsics, durations of several units, numbers without a digit before the point, hints.
const missing = String.raw`\bwith\s*\([^()]*\)|(?<![\w.:])(?:nestedSet(?:Left|Right|Parent)|(?:span:)?childCount)\b|\b\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h)(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+\b|(?<=[\s,(])\.\d+\b`;
const variable = String.raw`\$\{\w+(?::\w+)?\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]`;
const parts = new RegExp(`${text}|${missing}|${variable}`, "g");

/** The text with what Grafana may write for its variables, and without what only Tempo reads. */
function withoutVariables(query: string): FilledText {
  return filledText(query, parts, (found, before) => {
    if (/^(?:"|`|\/[/*])/.test(found)) return undefined;
    if (found.startsWith("with")) return "";
    if (/^(?:nestedSet|childCount|span:childCount)/.test(found)) return "span:id";
    if (/^\d/.test(found)) return "1h";
    if (found.startsWith(".")) return `0${found}`;
    if (/:(?:doublequote|singlequote|json)\b/.test(found)) return '"x"';
    // Compared with, a variable is a value; the grammar has a word for that.
    if (/(?:=~|!~|!=|=|<|>)\s*$/.test(before)) return "$x";
    if (/[(,]\s*$/.test(before)) return "1";
    return ".x";
  });
}

/** Of `statusMesage` the grammar reads `status`, and stumbles over the rest. */
function wordBegin(query: string, at: number): number {
  const [name = ""] = /[A-Za-z][A-Za-z:]*$/.exec(query.slice(0, at)) ?? [];
  return /^[A-Za-z]/.test(query.slice(at)) ? at - name.length : at;
}

function syntaxWords(query: string, at: number, found: string): Omit<QueryProblem, "at"> {
  const [name] = /^[A-Za-z][\w.:-]*/.exec(query.slice(at)) ?? [];
  if (name === undefined || Object.hasOwn(traceqlIntrinsics, name))
    return { message: syntaxMessage(query, at, found), expected: "a TraceQL query", example };
  const nearest = nearestName(name, Object.keys(traceqlIntrinsics));
  return {
    message: `${syntaxMessage(query, at, name)}: it is no intrinsic, and an attribute has a scope`,
    expected: nearest ?? `resource.${name} or span.${name}`,
    example,
  };
}

// One side a field without arithmetic, the other a single value.
const comparison =
  /^((?:[a-z]+:)?[A-Za-z]+)\s*(=~|!~|!=|>=|<=|=|>|<)\s*("(?:\\[\s\S]|[^"\\])*"|`[^`]*`|-?[\d.]+(?:ns|us|µs|ms|s|m|h)?|true|false|nil|[a-z]+)$/;

/** What Tempo refuses though it parses: pkg/traceql/ast_validate.go. */
function comparisonProblems(query: string, { text: filled, writtenAt }: FilledText): readonly QueryProblem[] {
  const problems: QueryProblem[] = [];
  parser.parse(filled).iterate({
    enter: ({ name, from, to }) => {
      const at = writtenAt(from);
      const part = query.slice(at, writtenAt(to));
      if (name === "SpansetFilter") problems.push(...conditionProblems(part, at));
      if (name !== "FieldExpression") return;
      const pattern = /(?:=~|!~)\s*("(?:\\[\s\S]|[^"\\])*"|`[^`]*`)$/.exec(part)?.[1];
      if (pattern !== undefined && !/&&|\|\|/.test(part)) problems.push(...patternProblems(pattern, at));
      const [, field, operator, value] = comparison.exec(part) ?? [];
      const type =
        field === undefined || !Object.hasOwn(traceqlIntrinsics, field) ? undefined : traceqlIntrinsics[field];
      if (field === undefined || operator === undefined || value === undefined || type === undefined) return;
      if (!isComparable(type, operator, value))
        problems.push({
          at,
          message: `compares ${field} ${operator} ${value}, which Tempo refuses`,
          expected: `${field} compared with ${wanted[type]}`,
          example: `{ ${field} ${type === "duration" || type === "number" ? ">" : "="} ${examples[type]} }`,
        });
    },
  });
  return problems;
}

/** A filter is a condition, and not the value of a field. */
function conditionProblems(filter: string, at: number): readonly QueryProblem[] {
  const alone = /^\{\s*([\w:.]+|"[^"]*")\s*\}$/.exec(filter)?.[1];
  if (alone === undefined || !(Object.hasOwn(traceqlIntrinsics, alone) || /^["\d]|^(?:error|ok|unset)$/.test(alone)))
    return [];
  return [{ at, message: `filters by ${alone}, which is no condition`, expected: "a comparison", example }];
}

function patternProblems(quoted: string, at: number): readonly QueryProblem[] {
  const pattern = quoted.slice(1, -1).replace(/\\(["\\])/g, "$1");
  const problem = variablesIn(pattern).length > 0 ? undefined : re2Problem(pattern);
  return problem === undefined
    ? []
    : [
        {
          at,
          message: `has the regular expression ${JSON.stringify(pattern)}: ${problem}`,
          expected: "a pattern of RE2",
        },
      ];
}

const wanted: Readonly<Record<TraceqlType, string>> = {
  duration: "a duration",
  status: `one of ${[...traceqlWords.status].join(", ")}, without quotes`,
  kind: `one of ${[...traceqlWords.kind].join(", ")}, without quotes`,
  text: "a text in quotes",
  number: "a number",
};

const examples: Readonly<Record<TraceqlType, string>> = {
  duration: "2s",
  status: "error",
  kind: "server",
  text: '"GET /"',
  number: "1",
};

function isComparable(type: TraceqlType, operator: string, value: string): boolean {
  if (value === "nil") return true;
  const quoted = /^["`]/.test(value);
  switch (type) {
    case "text":
      return quoted;
    case "status":
    case "kind":
      return (operator === "=" || operator === "!=") && traceqlWords[type].has(value);
    case "duration":
    case "number":
      return !operator.includes("~") && /^-?[\d.]/.test(value);
  }
}
