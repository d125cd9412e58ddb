import type { LabelSet } from "../labels/label-set.ts";
import { labelValue } from "../labels/label-set.ts";
import { anchoredExpression } from "./regular-expression.ts";

export type MatcherOperator = "=" | "!=" | "=~" | "!~";

/** What a label must be. A label that is not there is an empty one. */
export interface Matcher {
  readonly label: string;
  readonly operator: MatcherOperator;
  /** The value, or for `=~` and `!~` an expression that must match the whole value. */
  readonly value: string;
}

// Where both of Alertmanager's parsers agree: classic label names, and values in double quotes with the escapes that both know.
const quoted = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!=|!~|=)\s*"((?:[^"\\]|\\["\\n])*)"\s*$/;
const bare = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!=|!~|=)\s*([^\s{}!=~,\\"'`]+)\s*$/;

function isOperator(text: string): text is MatcherOperator {
  return text === "=" || text === "!=" || text === "=~" || text === "!~";
}

/**
 * The matcher that a text means in `matchers:` of a route or an inhibition rule, or `undefined` when it means none. Accepts what Alertmanager's
 * classic and UTF-8 parsers read alike.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#matcher
 * @example
 * parseMatcher('team=~"backend|data"'); // { label: "team", operator: "=~", value: "backend|data" }
 */
export function parseMatcher(text: string): Matcher | undefined {
  const [, label = "", operator = "", written = ""] = quoted.exec(text) ?? bare.exec(text) ?? [];
  if (!isOperator(operator)) return undefined;
  const value = quoted.test(text)
    ? written.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped))
    : written;
  if ((operator === "=~" || operator === "!~") && anchoredExpression(value) === undefined) return undefined;
  return { label, operator, value };
}

/**
 * A matcher as it stands in `matchers:`.
 *
 * @example
 * printMatcher({ label: "severity", operator: "=", value: "critical" }); // 'severity="critical"'
 */
export function printMatcher({ label, operator, value }: Matcher): string {
  return `${label}${operator}"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** True when the labels are what the matcher says. Throws a RangeError for an expression that Go and JavaScript would not read alike. */
export function matches(matcher: Matcher, labels: LabelSet): boolean {
  return compile(matcher)(labels);
}

type Condition = (labels: LabelSet) => boolean;

function compile({ label, operator, value }: Matcher): Condition {
  switch (operator) {
    case "=":
      return (labels) => labelValue(labels, label) === value;
    case "!=":
      return (labels) => labelValue(labels, label) !== value;
    case "=~":
    case "!~": {
      const expression = anchoredExpression(value);
      if (expression === undefined) throw refused(value);
      return (labels) => expression.test(labelValue(labels, label)) === (operator === "=~");
    }
  }
}

function refused(text: string): RangeError {
  return new RangeError(
    `${JSON.stringify(text)} is not a matcher that can be evaluated; check the configuration with alertmanagerFindings first`,
  );
}

// Lists of matchers are plain data that does not change: what they mean is kept as long as they are.
const conditionsOf = new WeakMap<readonly string[], readonly Condition[]>();

/** True when all matchers of a route or a rule hold. Throws a RangeError for a text that `parseMatcher` refuses. */
export function allMatch(matchers: readonly string[] | undefined, labels: LabelSet): boolean {
  if (matchers === undefined) return true;
  const known = conditionsOf.get(matchers);
  const conditions =
    known ??
    matchers.map((text) => {
      const matcher = parseMatcher(text);
      if (matcher === undefined) throw refused(text);
      return compile(matcher);
    });
  if (known === undefined) conditionsOf.set(matchers, conditions);
  return conditions.every((holds) => holds(labels));
}
