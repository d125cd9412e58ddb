import {
  type Comparison,
  comparisonOf,
  formatPromqlLine,
  parsePromql,
  printPromqlLine,
  type ResultUnit,
  unitOf,
} from "@plinth/metrics";
import { without } from "../whole/pairs.ts";
import { limitText } from "./limit-text.ts";

/** What differs between two expressions of one alert. */
export type ExpressionChange =
  | { readonly kind: "same" }
  /** It compares the same with another value. */
  | {
      readonly kind: "limit";
      /** For the later one. */
      readonly sensitivity: "more" | "less" | "other";
      readonly before: string;
      readonly after: string;
      /** `above`, `below`, `equal to`. */
      readonly comparison: string;
    }
  /** It measures the same, of other namespaces. */
  | {
      readonly kind: "namespaces";
      readonly reach: "wider" | "narrower" | "other";
      readonly before: readonly string[];
      readonly after: readonly string[];
    }
  | { readonly kind: "other"; readonly before: string; readonly after: string };

const words: Readonly<Record<Comparison["operator"], string>> = {
  ">": "above",
  ">=": "from",
  "<": "below",
  "<=": "up to",
  "==": "equal to",
  "!=": "other than",
};

/**
 * Compares two expressions by what they mean, as far as PromQL shows it; comments and line breaks do not count.
 *
 * @param unit Of what is measured, where the metrics do not say it.
 */
export function compareExpressions(before: string, after: string, unit?: ResultUnit): ExpressionChange {
  const [was, is] = [lineOf(before), lineOf(after)];
  if (was === is) return { kind: "same" };
  return limitChange(was, is, unit) ?? namespaceChange(was, is) ?? { kind: "other", before: was, after: is };
}

/** An expression on one line, or as it is written where it is no PromQL. */
export function lineOf(expression: string): string {
  return parsePromql(expression).problem === undefined ? formatPromqlLine(expression) : expression.trim();
}

function limitChange(before: string, after: string, textUnit?: ResultUnit): ExpressionChange | undefined {
  const [was, is] = [readComparison(before), readComparison(after)];
  if (was?.value === undefined || is?.value === undefined) return undefined;
  if (was.value === is.value || was.operator !== is.operator) return undefined;
  // A measure that shows the limit itself, such as a bucket below it, is another measure: what is compared is not the same.
  if (printPromqlLine(was.measured) !== printPromqlLine(is.measured)) return undefined;
  if (JSON.stringify(guardsOf(was)) !== JSON.stringify(guardsOf(is))) return undefined;
  const unit = unitOf(is.measured) ?? textUnit;
  return {
    kind: "limit",
    sensitivity: sensitivityOf(is.operator, was.value, is.value),
    before: limitText(was.value, unit),
    after: limitText(is.value, unit),
    comparison: words[is.operator],
  };
}

function readComparison(line: string): Comparison | undefined {
  const { expression } = parsePromql(line);
  return expression === undefined ? undefined : comparisonOf(expression);
}

function guardsOf({ guards }: Comparison): readonly string[] {
  return guards.map(({ operator, expression }) => `${operator} ${printPromqlLine(expression)}`);
}

function sensitivityOf(operator: Comparison["operator"], before: number, after: number): "more" | "less" | "other" {
  if (operator === "==" || operator === "!=") return "other";
  const fromBelow = operator === ">" || operator === ">=";
  return after > before === fromBelow ? "less" : "more";
}

const namespaceMatcher = /,?\s*\bnamespace(=~|!~|!=|=)"((?:[^"\\]|\\.)*)",?\s*/g;

function namespaceChange(before: string, after: string): ExpressionChange | undefined {
  if (elsewhere(before) !== elsewhere(after)) return undefined;
  const [was, is] = [namespacesIn(before), namespacesIn(after)];
  return { kind: "namespaces", reach: reachOf(was, is), before: was, after: is };
}

/** What an expression says beside its namespaces. */
function elsewhere(line: string): string {
  return line.replace(namespaceMatcher, ",").replaceAll(/\{,+/g, "{").replaceAll(/,+\}/g, "}").replaceAll("{}", "");
}

/** What an expression asks of a namespace: each name that `=` or `=~` gives, or the matcher itself. */
function namespacesIn(line: string): readonly string[] {
  const found = [...line.matchAll(namespaceMatcher)].flatMap(([, operator = "", value = ""]) =>
    operator.startsWith("=") ? value.split("|") : value.split("|").map((name) => `not ${name}`),
  );
  return [...new Set(found)].sort();
}

function reachOf(before: readonly string[], after: readonly string[]): "wider" | "narrower" | "other" {
  // Without a word about namespaces it looks at all of them.
  if (before.length === 0) return "narrower";
  if (after.length === 0) return "wider";
  const [gone, come] = [without(before, after), without(after, before)];
  const [goneNames, comeNames] = [gone.filter(isName), come.filter(isName)];
  const [goneLimits, comeLimits] = [gone.length - goneNames.length, come.length - comeNames.length];
  if (goneNames.length + comeLimits === 0) return "wider";
  return comeNames.length + goneLimits === 0 ? "narrower" : "other";
}

function isName(text: string): boolean {
  return !text.startsWith("not ");
}
