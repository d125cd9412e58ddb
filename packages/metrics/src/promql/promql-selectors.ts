import { unquotePromql } from "./quote.ts";
import { Tokens } from "./token.ts";

/** A metric as an expression uses it. */
export interface PromqlSelector {
  /** The metric's name; empty where the braces do not say it. */
  readonly series: string;
  readonly matchers: readonly PromqlMatcher[];
  /** The text between the brackets after it. */
  readonly range?: string;
  /** The function or aggregation that it stands in directly. */
  readonly call?: string;
}

export interface PromqlMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

// https://prometheus.io/docs/prometheus/latest/querying/operators/: words that are neither metrics nor functions.
const operators: ReadonlySet<string> = new Set(["and", "or", "unless", "atan2", "bool", "offset", "inf", "nan"]);
const labelLists: ReadonlySet<string> = new Set(["by", "without", "on", "ignoring", "group_left", "group_right"]);

/**
 * The selectors of a text, in its order, even of one that does not parse. Grafana's variables stay as they are written. See `selectorsOf` for an
 * expression that is a value.
 *
 * @example
 * promqlSelectors("rate(up[$__rate_interval])"); // [{ series: "up", matchers: [], range: "$__rate_interval", call: "rate" }]
 */
export function promqlSelectors(expression: string): readonly PromqlSelector[] {
  const tokens = piecesOf(expression);
  const selectors: PromqlSelector[] = [];
  const calls: string[] = [];
  let callee = "";
  let position = 0;
  // Takes the tokens up to a closing one, and that one; what lacks it ends with the text.
  const takeUntil = (closing: string): readonly string[] => {
    const end = tokens.indexOf(closing, position);
    const taken = tokens.slice(position, end === -1 ? tokens.length : end);
    position += taken.length + 1;
    return taken;
  };
  // Takes what stands between a pair of brackets that begins here.
  const takeBetween = (opening: string, closing: string): readonly string[] | undefined => {
    if (tokens[position] !== opening) return undefined;
    position++;
    return takeUntil(closing);
  };
  while (position < tokens.length) {
    const text = tokens[position] ?? "";
    const word = isWord(text) && !operators.has(text.toLowerCase());
    position++;
    if (text === "(") {
      calls.push(callee);
      callee = "";
    } else if (text === ")") {
      calls.pop();
      callee = "";
    } else if (text === "[") {
      // The range of a subquery.
      takeUntil("]");
    } else if (labelLists.has(text.toLowerCase())) {
      takeBetween("(", ")");
    } else if (word && opensCall(tokens[position])) {
      callee = text;
    } else if (word || text === "{") {
      const braces = text === "{" ? takeUntil("}") : (takeBetween("{", "}") ?? []);
      const range = takeBetween("[", "]")?.join("");
      const call = calls.at(-1) ?? "";
      selectors.push({
        ...selectorOf(text === "{" ? "" : text, braces),
        ...(range === undefined ? {} : { range }),
        ...(call === "" ? {} : { call }),
      });
    }
  }
  return selectors;
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  const tokens = new Tokens(text, "grafana");
  for (; tokens.kind !== "end"; tokens.next()) pieces.push(tokens.word());
  return pieces;
}

/** The text between the quotes, where there are some. */
function unquoted(text: string): string {
  return text.length > 1 && /^["'`]/.test(text) ? unquotePromql(text) : text;
}

function isWord(text: string): boolean {
  return /^[A-Za-z_:]/.test(text);
}

/** A word before a parenthesis, or before the labels of an aggregation, is a function's name. */
function opensCall(next: string | undefined): boolean {
  return next === "(" || next?.toLowerCase() === "by" || next?.toLowerCase() === "without";
}

/** What stands between braces: conditions, and since Prometheus 3 perhaps the name in quotes. */
function selectorOf(name: string, braces: readonly string[]): Pick<PromqlSelector, "series" | "matchers"> {
  const matchers: PromqlMatcher[] = [];
  let series = name;
  for (let index = 0; index < braces.length; index++) {
    const label = unquoted(braces[index] ?? "");
    if (label === ",") continue;
    const operator = braces[index + 1];
    if (operator === undefined || operator === ",") {
      series = label;
      continue;
    }
    const value = unquoted(braces[index + 2] ?? "");
    if (label === "__name__" && operator === "=") series = value;
    else matchers.push({ label, operator, value });
    index += 2;
  }
  return { series, matchers };
}
