import { fieldAt, listAt, textMapAt } from "@plinth/core";
import {
  type BinaryOperation,
  type Expression,
  labelsOfPromql,
  printPromqlLine,
  promql,
  type Selector,
  visitPromql,
} from "@plinth/metrics";

/** What Prometheus gives: the labels of the series, or why it refuses. */
export type Answer = { readonly series: readonly Readonly<Record<string, string>>[] } | { readonly error: string };

/** Asks a Prometheus; the same thing is asked once. */
export class Prometheus {
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(url: string, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** How many different things were asked. */
  get asked(): number {
    return this.#answers.size;
  }

  /** The expression over the last minutes, or at this moment. */
  ask(expression: string, instant = false): Promise<Answer> {
    const now = Date.now() / 1000;
    return instant
      ? this.#get("query", { query: expression, time: "" })
      : this.#get("query_range", { query: expression, start: `${now - 600}`, end: `${now}`, step: "100" });
  }

  /** The values that a label has on a selector's series. */
  async labelValues(selector: string, label: string): Promise<readonly string[]> {
    const query = new URLSearchParams(selector === "" ? {} : { "match[]": selector });
    const answer: unknown = await (
      await fetch(`${this.#url}/api/v1/label/${label}/values?${query}`, { signal: this.#signal })
    ).json();
    return listAt(answer, "data").map(String);
  }

  #get(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const key = `${path} ${parameters["query"]}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const asked = this.#fetch(path, parameters);
    this.#answers.set(key, asked);
    return asked;
  }

  async #fetch(path: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const body = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ""));
    const answer: unknown = await (
      await fetch(`${this.#url}/api/v1/${path}`, { method: "POST", body, signal: this.#signal })
    ).json();
    if (fieldAt(answer, "status") !== "success") return { error: String(fieldAt(answer, "error")) };
    const result = listAt(answer, "data", "result");
    // A scalar is a moment and its value.
    if (fieldAt(answer, "data", "resultType") === "scalar") return { series: [{}] };
    return { series: result.map((entry) => textMapAt(entry, "metric")) };
  }
}

/** An expression of a dashboard with its variables filled in, and the labels that its legend names. */
export interface AskedExpression {
  readonly expression: string;
  readonly instant: boolean;
  readonly labels: readonly string[];
}

/** Why an expression never shows what it is meant to show; empty where it does. */
export async function emptiness(prometheus: Prometheus, asked: AskedExpression): Promise<readonly string[]> {
  const { expression, instant } = asked;
  const answer = await prometheus.ask(expression, instant);
  if ("error" in answer) return [`Prometheus refuses it: ${answer.error}`];
  const parts = await emptyParts(prometheus, promql(expression));
  if (answer.series.length === 0) return [parts[0] ?? "it gives no series"];
  return [...parts, ...missingLabels(asked, answer.series)];
}

/** Whether there is anything to say about an expression, without saying what. */
export async function isEmpty(prometheus: Prometheus, asked: AskedExpression): Promise<boolean> {
  const answer = await prometheus.ask(asked.expression, asked.instant);
  if ("error" in answer || answer.series.length === 0) return true;
  if (missingLabels(asked, answer.series).length > 0) return true;
  return (await emptyParts(prometheus, promql(asked.expression))).length > 0;
}

type SeriesLabels = Readonly<Record<string, string>>;

/** Labels that a legend names and that the expression never gives. One that only some series could have may be missing. */
function missingLabels({ expression, labels }: AskedExpression, series: readonly SeriesLabels[]): readonly string[] {
  const possible = labelsOfPromql(expression);
  return [...new Set(labels)]
    .filter((label) => series.every((labelled) => !(label in labelled)) && !(possible?.has(label) ?? false))
    .map((label) => `no series that it gives has the label ${label}`);
}

/** What the rest of an expression hides: selectors that select nothing, sides of an operator that do not fit together. */
async function emptyParts(prometheus: Prometheus, expression: Expression): Promise<readonly string[]> {
  const selectors: Selector[] = [];
  const operations: BinaryOperation[] = [];
  visitPromql(expression, (part) => {
    if (part.kind === "selector") selectors.push(part);
    if (part.kind === "binary" && (part.matching !== undefined || alternatives.has(part.operator)))
      operations.push(part);
  });
  const found = await Promise.all([
    ...selectors.map(({ series, matchers }) => emptySelector(prometheus, { kind: "selector", series, matchers })),
    ...operations.map((operation) => oddSides(prometheus, operation)),
  ]);
  return [...new Set(found.flat())];
}

// Operators that give something where one side gives nothing.
const alternatives: ReadonlySet<string> = new Set(["or", "unless"]);

async function emptySelector(prometheus: Prometheus, selector: Selector): Promise<readonly string[]> {
  const text = printPromqlLine(selector);
  const answer = await prometheus.ask(`count(last_over_time(${text}[3d]))`, true);
  return "series" in answer && answer.series.length === 0 ? [`${text} selects nothing`] : [];
}

/** Both sides have the labels by which they meet; those of an `or` give both something. */
async function oddSides(
  prometheus: Prometheus,
  { operator, left, right, matching }: BinaryOperation,
): Promise<readonly string[]> {
  const [one, other] = [printPromqlLine(left), printPromqlLine(right)];
  const [first, second] = await Promise.all([prometheus.ask(one), prometheus.ask(other)]);
  if ("error" in first || "error" in second) return [];
  if (operator === "or" && first.series.length === 0) return [`${one} gives nothing`];
  if (operator === "or" && second.series.length === 0) return [`${other} gives nothing`];
  if (first.series.length === 0 || second.series.length === 0) return [];
  if (matching?.clause === "on")
    return matching.labels.flatMap((label) =>
      [
        { text: one, series: first.series },
        { text: other, series: second.series },
      ].flatMap(({ text, series }) =>
        series.some((labels) => label in labels) ? [] : [`${text} has no label ${label} to be joined on`],
      ),
    );
  const [labels, others] = [namesOf(first.series), namesOf(second.series)];
  return labels === others || matching !== undefined || isConstant(right)
    ? []
    : [`${one} has the labels ${labels}, and ${other} has ${others}`];
}

/** Such as `vector(0)`: a line to see others against. */
function isConstant(expression: Expression): boolean {
  let constant = true;
  visitPromql(expression, ({ kind }) => {
    if (kind === "selector") constant = false;
  });
  return constant;
}

function namesOf(series: readonly SeriesLabels[]): string {
  return [...new Set(series.flatMap((labels) => Object.keys(labels)))].sort().join(", ") || "none";
}
