import type { LabelMatcher, MatchOperator } from "./expression.ts";

/** What a label must be: a text for exactly that, or the result of `notEqualTo`, `matching`, `notMatching`, `oneOf`, `noneOf`. */
export type Matcher = string | MatcherValue;

/** One condition on a label. */
export interface MatcherValue {
  readonly operator: MatchOperator;
  readonly value: string;
}

/** The label is not this text. */
export function notEqualTo(value: string): MatcherValue {
  return { operator: "!=", value };
}

/** The whole label matches an RE2 expression. */
export function matching(expression: string): MatcherValue {
  return { operator: "=~", value: expression };
}

/** The whole label does not match an RE2 expression. */
export function notMatching(expression: string): MatcherValue {
  return { operator: "!~", value: expression };
}

/**
 * The label is one of these texts, whatever characters they have.
 *
 * @example
 * select(metric("kube_pod_status_phase"), { phase: oneOf("Failed", "Pending") });
 */
export function oneOf(...values: readonly string[]): MatcherValue {
  return { operator: "=~", value: values.map(quoteRegex).join("|") };
}

/** The label is none of these texts. */
export function noneOf(...values: readonly string[]): MatcherValue {
  return { operator: "!~", value: values.map(quoteRegex).join("|") };
}

/** The label begins with this text. */
export function startingWith(text: string): MatcherValue {
  return { operator: "=~", value: `${quoteRegex(text)}.*` };
}

/** The label ends with this text. */
export function endingWith(text: string): MatcherValue {
  return { operator: "=~", value: `.*${quoteRegex(text)}` };
}

/**
 * An RE2 expression that matches exactly this text, to build a larger one of.
 *
 * @see https://pkg.go.dev/regexp#QuoteMeta
 * @example
 * matching(`${quoteRegex("a.b")}-[0-9]+`);
 */
export function quoteRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

export function labelMatcher(label: string, matcher: Matcher): LabelMatcher {
  if (label === "") throw new TypeError("A label's name cannot be empty.");
  return typeof matcher === "string" ? { label, operator: "=", value: matcher } : { label, ...matcher };
}
