import type { Finding } from "@plinth/core";
import { fieldAt } from "@plinth/core";
import {
  type Expression,
  formatPromql,
  formatPromqlLine,
  type MetricCatalogue,
  parsePromql,
  printPromql,
  printPromqlLine,
  promqlFindings,
  promqlSyntaxFindings,
} from "@plinth/metrics";
import fc from "fast-check";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { anyExpression, slipped } from "./promql-random-expressions.ts";
import { catalogueOf, filledIn, type PromqlText, promqlTexts } from "./promql-texts.ts";
import { runTool, toolFailed } from "./run-tool.ts";

const RANDOM_EXPRESSIONS = 6000;
const SLIPPED_TEXTS = 12_000;

/**
 * Prometheus' own parser, type checker and formatter, in one process: they say of each rendered expression, of thousands of random ones and of thousands with
 * slips of the hand what `@plinth/metrics` says, and print them alike. And the metrics, labels and functions of everything that is rendered make sense.
 *
 * @see https://pkg.go.dev/github.com/prometheus/prometheus/promql/parser#Prettify
 */
export const promql: Judge = {
  name: "promql",
  purpose: "PromQL is read, checked and printed as Prometheus does",
  tools: ["promql-judge"],
  judge: async (context) => {
    const rendered = promqlTexts(context.tree.objects);
    const catalogue = catalogueOf(context.tree.objects, context.metrics);
    // The seeds are fixed: a verdict can be had again.
    const built = fc.sample(anyExpression, { seed: 1, numRuns: RANDOM_EXPRESSIONS });
    const slips = fc
      .sample(slipped(anyExpression.map((expression) => printPromqlLine(expression))), {
        seed: 2,
        numRuns: SLIPPED_TEXTS,
      })
      .filter(isComparable);
    const texts = [...rendered.map(filledIn), ...built.map((expression) => printPromql(expression)), ...slips];
    const answers = await ask(texts, context);
    if ("finding" in answers) return { read: "nothing", findings: [answers.finding] };
    const { list } = answers;
    const findings = [
      ...rendered.flatMap((text, index) => renderedFindings(text, list[index], catalogue)),
      ...firstOf(built.flatMap((expression, index) => builtProblem(expression, list[rendered.length + index]))),
      ...firstOf(slips.flatMap((text, index) => textProblem(text, list[rendered.length + built.length + index]))),
    ];
    return {
      read: `${rendered.length} rendered expressions, ${built.length} random ones, ${slips.length} with a slip`,
      findings,
    };
  },
};

/** What Prometheus says of an expression. */
interface Verdict {
  readonly line: string;
  readonly pretty: string;
  /** Why it refuses it; empty where it does not. */
  readonly error: string;
}

async function ask(
  texts: readonly string[],
  { signal }: JudgeContext,
): Promise<{ list: readonly Verdict[] } | { finding: Finding }> {
  const input = texts.map((text) => JSON.stringify(text)).join("\n");
  const run = await runTool(toolPath("promql-judge"), [], { input, signal });
  const lines = run.stdout.trimEnd().split("\n");
  if (run.exitCode !== 0 || lines.length !== texts.length) return { finding: toolFailed("promql-judge", run) };
  return {
    list: lines.map((line): Verdict => {
      const answer: unknown = JSON.parse(line);
      const field = (name: string): string => String(fieldAt(answer, name) ?? "");
      return { line: field("line"), pretty: field("pretty"), error: field("error") };
    }),
  };
}

// Bytes that are no UTF-8 cannot be said in JavaScript, and an offset of NaN is a number that nobody means.
function isComparable(text: string): boolean {
  return !/\\x[89a-f]|\\[23]\d\d|offset\s*[+-]?\s*nan/i.test(text) && text.isWellFormed();
}

function renderedFindings(rendered: PromqlText, verdict: Verdict | undefined, catalogue: MetricCatalogue): Finding[] {
  const text = filledIn(rendered);
  const variables = rendered.readBy === "prometheus" ? {} : { variables: rendered.readBy };
  const mistakes = promqlFindings(rendered.text, { catalogue, ...variables }).map(({ message }) => message);
  return [...textProblem(text, verdict), ...mistakes].map((message) => ({
    code: "rejected-by-judge",
    severity: "error",
    file: rendered.file,
    message: `${JSON.stringify(rendered.text)}: ${message}`,
    expected: "PromQL that makes sense, printed as Prometheus prints it",
  }));
}

/** What was built is taken by Prometheus, or refused by both; it prints as Prometheus prints it, and reads back as the same text. */
function builtProblem(expression: Expression, verdict: Verdict | undefined): string[] {
  const [pretty, line] = [printPromql(expression), printPromqlLine(expression)];
  const problem = textProblem(pretty, verdict);
  if (problem.length > 0 || verdict === undefined || verdict.error !== "") return problem;
  if (verdict.pretty !== pretty)
    return [`${JSON.stringify(pretty)} is printed, and by Prometheus ${JSON.stringify(verdict.pretty)}`];
  return verdict.line === line
    ? []
    : [`${JSON.stringify(line)} is printed, and by Prometheus ${JSON.stringify(verdict.line)}`];
}

/** A text is taken or refused by both, and formatted alike; formatting it again changes nothing. */
function textProblem(text: string, verdict: Verdict | undefined): string[] {
  if (verdict === undefined) return [];
  const [refusal] = promqlSyntaxFindings(text);
  const shown = JSON.stringify(text);
  if (refusal !== undefined)
    return verdict.error === "" ? [`${shown} is refused (${refusal.message}), and Prometheus takes it`] : [];
  if (verdict.error !== "") return [`${shown} is taken, and Prometheus refuses it: ${verdict.error}`];
  const pretty = formatPromql(text);
  if (pretty !== verdict.pretty)
    return [`${shown} is formatted ${JSON.stringify(pretty)}, and by Prometheus ${JSON.stringify(verdict.pretty)}`];
  const line = formatPromqlLine(text);
  if (line !== verdict.line)
    return [`${shown} is ${JSON.stringify(line)} on one line, and by Prometheus ${JSON.stringify(verdict.line)}`];
  // Prometheus prints Inf with a sign, which then binds less than a power.
  if (/\+Inf\s*\^/.test(pretty)) return [];
  return parsePromql(pretty).problem === undefined && formatPromql(pretty) === pretty
    ? []
    : [`${shown}: what is formatted is formatted otherwise again`];
}

/** One of many that differ shows what is wrong; thousands would hide it. */
function firstOf(problems: readonly string[]): Finding[] {
  const [first] = [...problems].sort((a, b) => a.length - b.length);
  if (first === undefined) return [];
  return [
    {
      code: "rejected-by-judge",
      severity: "error",
      message: `${problems.length} expressions are read otherwise than by Prometheus: ${first}`,
      expected: "what Prometheus says",
    },
  ];
}
