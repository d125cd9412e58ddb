import { parser } from "@grafana/lezer-logql";
import { nearestName } from "@plinth/core";
import { re2Problem } from "@plinth/metrics";
import { variablesIn } from "../grafana-variables.ts";
import { type FilledText, filledText } from "./filled-text.ts";
import { operationProblem } from "./logql-operations.ts";
import { lokiLabels } from "./loki-labels.ts";
import { type QueryFinding, type QueryProblem, queryFinding } from "./query-finding.ts";
import { syntaxMessage, syntaxProblem, unclosedProblem } from "./syntax-problem.ts";

const example = 'sum by (service_name) (rate({service_name="checkout"} |= "error" [$__auto]))';

export interface LogqlOptions {
  /** Labels that streams have. @default `lokiLabels` */
  readonly labels?: ReadonlySet<string>;
}

/**
 * What is wrong with LogQL, which may hold Grafana's variables: syntax by Grafana's own grammar, streams that Loki refuses to select because
 * everything would match, regular expressions that are none, labels that no stream has.
 *
 * @see https://grafana.com/docs/loki/latest/query/
 * @example
 * logqlFindings('{service_name=~".*"}').map(({ message }) => message);
 */
export function logqlFindings(text: string, options: LogqlOptions = {}): readonly QueryFinding[] {
  const written = (problem: QueryProblem): QueryFinding => queryFinding(text, problem);
  if (text.trim() === "") return [written({ at: 0, message: "asks nothing", expected: "a LogQL query", example })];
  const unclosed = unclosedProblem(text, { token });
  if (unclosed !== undefined) return [written({ ...unclosed, example })];
  const filled = withoutVariables(text);
  const syntax = syntaxProblem(parser, filled.text);
  if (syntax !== undefined) {
    const at = filled.writtenAt(syntax.at);
    const message = syntaxMessage(text, at, at === syntax.at ? syntax.found : text.slice(at, at + 20));
    return [written({ at, message, expected: "a LogQL query", example })];
  }
  return meaningProblems(filled, options.labels ?? lokiLabels).map(written);
}

/** Whether a query gives lines, or numbers that are made of them; `undefined` where it does not parse. */
export function logqlResult(text: string): "lines" | "numbers" | undefined {
  const filled = withoutVariables(text);
  if (text.trim() === "" || syntaxProblem(parser, filled.text) !== undefined) return undefined;
  return parser.parse(filled.text).topNode.firstChild?.firstChild?.name === "LogExpr" ? "lines" : "numbers";
}

// A text in either quotes, a comment, a bracket, a quote that nothing closes.
const token = /"(?:\\[\s\S]|[^"\\\n])*"|`[^`]*`|#[^\n]*|[()[\]{}]|\$\{[^}]*\}|["`]/g;

// Variables, and what Grafana's grammar does not know after `unwrap`: an offset.
const variable =
  /\]\s*offset\s+-?(?:\d\w*|\$\w+|\$\{\w+\})|"(?:\\[\s\S]|[^"\\\n])*"|`[^`]*`|#[^\n]*|\$\{\w+(?::\w+)?\}|\$[A-Za-z_]\w*|\[\[\w+(?::\w+)?\]\]/g;

/** The text with what Grafana may write for its variables: a duration between brackets, a label where one is compared or grouped by, a number. */
function withoutVariables(text: string): FilledText {
  return filledText(text, variable, (found, before, after) => {
    if (/^["`#]/.test(found)) return undefined;
    if (found.startsWith("]")) return "]";
    if (/:(?:doublequote|singlequote|json)\b/.test(found)) return '"x"';
    if (/\[\s*$|\boffset\s+-?$/.test(before)) return "5m";
    if (/^\s*(?:=~|!~|!=|=)/.test(after)) return "service_name";
    if (/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/.test(before)) return "service_name";
    if (/\bunwrap\s+$|\|\s*$/.test(before)) return "service_name";
    return "1";
  });
}

/** What Loki refuses though it parses. */
function meaningProblems({ text, writtenAt }: FilledText, labels: ReadonlySet<string>): readonly QueryProblem[] {
  const problems: QueryProblem[] = [];
  const matchers: { selector: number; narrows: boolean }[] = [];
  let selector = -1;
  parser.parse(text).iterate({
    enter: (node) => {
      const part = text.slice(node.from, node.to);
      const operation = operationProblem(node.node, text);
      if (operation !== undefined) problems.push({ at: writtenAt(node.from), ...operation });
      if (node.name === "Selector") {
        selector = node.from;
        matchers.push({ selector, narrows: false });
      } else if (node.name === "Matcher") {
        const matcher = matcherOf(part);
        if (matcher === undefined) return;
        const { label, operator, value, valueAt } = matcher;
        // After a | a condition is one on what the lines carry.
        const selects = node.node.parent?.name === "Matchers";
        if (selects && !labels.has(label)) problems.push({ at: writtenAt(node.from), ...unknownLabel(label, labels) });
        const pattern = operator.endsWith("~") ? patternProblem(value) : undefined;
        if (pattern !== undefined) problems.push({ at: writtenAt(node.from + valueAt), ...pattern });
        const last = matchers.at(-1);
        if (selects && last !== undefined && !matchesEmpty(operator, value)) last.narrows = true;
      } else if (node.name === "LineFilter" && /^(?:\|~|!~)/.test(part)) {
        for (const [quoted] of part.matchAll(/"(?:\\[\s\S]|[^"\\\n])*"|`[^`]*`/g)) {
          const pattern = patternProblem(unquoted(quoted));
          if (pattern !== undefined) problems.push({ at: writtenAt(node.from + part.indexOf(quoted)), ...pattern });
        }
      }
    },
  });
  return [
    ...problems,
    ...matchers.flatMap(({ selector: at, narrows }) =>
      narrows
        ? []
        : [
            {
              at: writtenAt(at),
              message: "selects every stream, which Loki refuses",
              expected: "a condition on a label that an empty text does not meet",
              example: '{service_name=~".+"}',
            },
          ],
    ),
  ];
}

interface StreamMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
  readonly valueAt: number;
}

function matcherOf(part: string): StreamMatcher | undefined {
  const [, label, operator, quoted] = /^(\w+)\s*(=~|!~|!=|=)\s*([\s\S]+)$/.exec(part) ?? [];
  return label === undefined || operator === undefined || quoted === undefined
    ? undefined
    : { label, operator, value: unquoted(quoted), valueAt: part.length - quoted.length };
}

function unquoted(quoted: string): string {
  if (quoted.startsWith("`")) return quoted.slice(1, -1);
  return quoted.slice(1, -1).replace(/\\(["\\])/g, "$1");
}

function unknownLabel(label: string, labels: ReadonlySet<string>): Omit<QueryProblem, "at"> {
  const nearest = nearestName(label, [...labels]);
  return {
    code: "unknown-reference",
    message: `selects streams by ${label}, which is no label of a stream`,
    expected:
      nearest === undefined
        ? `a label of a stream (${[...labels].slice(0, 3).join(", ")} and so on), or a condition on structured metadata after a |`
        : nearest,
    example: `{service_name="checkout"} | ${label}="a"`,
  };
}

/** What a variable stands for is only known in the browser. */
function patternProblem(pattern: string): Omit<QueryProblem, "at"> | undefined {
  const problem = variablesIn(pattern).length > 0 ? undefined : re2Problem(pattern);
  return problem === undefined
    ? undefined
    : { message: `has the regular expression ${JSON.stringify(pattern)}: ${problem}`, expected: "a pattern of RE2" };
}

/** Loki wants one condition that an empty value does not meet: pkg/logql/syntax, validateMatchers. */
function matchesEmpty(operator: string, value: string): boolean {
  const equal = operator.endsWith("~") ? patternMatchesEmpty(value) : value === "";
  return operator.startsWith("!") ? !equal : equal;
}

function patternMatchesEmpty(pattern: string): boolean {
  if (variablesIn(pattern).length > 0) return false;
  try {
    return new RegExp(`^(?:${pattern.replace(/^\(\?[a-z]+\)/, "")})$`).test("");
  } catch {
    return false;
  }
}
