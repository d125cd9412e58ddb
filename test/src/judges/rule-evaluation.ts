import { join } from "node:path";
import { emitYaml, type Finding } from "@plinth/core";
import { printPromqlLine, promqlSyntaxFindings } from "@plinth/metrics";
import {
  type EvaluatedRules,
  type EvaluatedSample,
  evaluateRules,
  type PromtoolSeries,
} from "@plinth/metrics/evaluation";
import fc from "fast-check";
import type { Judge, JudgeContext } from "./judge.ts";
import { anyExpression } from "./promql-random-expressions.ts";
import { runUnitTests } from "./promtool-unit-tests.ts";
import { evaluatedExpression } from "./rule-evaluation-expressions.ts";
import { evaluationRules, evaluationSeries, recordedQueries } from "./rule-evaluation-series.ts";
import { writeFiles } from "./write-files.ts";

const SITUATIONS = 40;
const EXPRESSIONS = 160;
const ANYTHING = 60;
// Added up in another order, the same numbers differ by that much.
const TOLERANCE = 1e-9;

/**
 * Rules and expressions over random series, evaluated by Prometheus and by `@plinth/metrics`: the same series, the same values, and errors where Prometheus has them.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export const ruleEvaluation: Judge = {
  name: "rule-evaluation",
  purpose: "rules are evaluated in tests as Prometheus does",
  tools: ["promtool"],
  judge: async (context) => {
    // The seeds are fixed: a verdict can be had again.
    const situations = fc
      .sample(evaluationSeries, { seed: 1, numRuns: SITUATIONS })
      .map((series, index) => situationOf(series, index));
    const { problems, withSeries } = await differences(situations, context);
    const [first] = [...problems].sort((a, b) => a.length - b.length);
    return {
      read: `${situations.reduce((sum, { queries }) => sum + queries.length, 0)} expressions over ${SITUATIONS} sets of series, ${withSeries} with a result`,
      findings:
        first === undefined
          ? []
          : [finding(`${problems.length} expressions are evaluated otherwise than by Prometheus: ${first}`)],
    };
  },
};

// promtool stops at 10,000 samples.
const longSubquery = /\[(?:4w|8d|1y)\s*:/;

/** Expressions of the judge `promql`: of any shape, mostly about series that are not there. */
function anyTexts(index: number): readonly string[] {
  return fc
    .sample(anyExpression, { seed: 500 + index, numRuns: ANYTHING })
    .map((expression) => printPromqlLine(expression))
    .filter((text) => text.length < 400 && !longSubquery.test(text) && promqlSyntaxFindings(text).length === 0);
}

interface Query {
  readonly text: string;
  readonly at: string;
  /** It may have what is not evaluated. */
  readonly anything?: true;
}

interface Situation {
  readonly series: PromtoolSeries;
  readonly interval: string;
  readonly evaluationInterval: string;
  readonly queries: readonly Query[];
}

// What is asked for last, so that promtool evaluates the rules so far, and a moment in between.
const moments = ["25m", "37m30s", "50m"];

function situationOf(series: PromtoolSeries, index: number): Situation {
  const random = fc
    .sample(evaluatedExpression, { seed: 100 + index, numRuns: EXPRESSIONS })
    .map((expression) => printPromqlLine(expression))
    .filter((text) => text.length < 400 && promqlSyntaxFindings(text).length === 0);
  return {
    series,
    interval: index % 3 === 0 ? "1m" : "30s",
    evaluationInterval: index % 2 === 0 ? "1m" : "30s",
    queries: [
      ...recordedQueries.flatMap((text) => moments.map((at) => ({ text, at }))),
      ...anyTexts(index).map((text) => ({ text, at: "50m", anything: true as const })),
      ...random.map((text, number) => ({ text, at: moments[number % moments.length] ?? "50m" })),
    ],
  };
}

async function differences(
  situations: readonly Situation[],
  { workFolder, signal }: JudgeContext,
): Promise<{ readonly problems: readonly string[]; readonly withSeries: number }> {
  const files = situations.map(({ series, interval, evaluationInterval, queries }, index) => ({
    path: `${index}.tests.yaml`,
    text: emitYaml({
      rule_files: ["rules.yaml"],
      evaluation_interval: evaluationInterval,
      group_eval_order: evaluationRules.map(({ name }) => name),
      tests: [
        {
          interval,
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          // Nothing gives this sample, so that promtool prints what it got instead.
          promql_expr_test: queries.map(({ text, at }) => ({
            expr: text,
            eval_time: at,
            exp_samples: [{ labels: "nothing_gives_this", value: 12_345_678 }],
          })),
        },
      ],
    }),
  }));
  const rules = { path: "rules.yaml", text: emitYaml({ groups: evaluationRules }) };
  const folder = writeFiles(join(workFolder, "evaluation"), [rules, ...files]);
  const results = await runUnitTests(
    folder,
    files.map(({ path }) => path),
    signal,
  );
  const problems = situations.flatMap((situation, index) => {
    const answers = results[index]?.failures ?? [];
    if (answers.length !== situation.queries.length)
      return [`promtool answers ${answers.length} of ${situation.queries.length} questions: ${answers[0] ?? ""}`];
    const { series, interval, evaluationInterval, queries } = situation;
    const evaluated = evaluateRules(evaluationRules, series, { interval, evaluationInterval, until: "50m" });
    return queries.flatMap((query, number) => {
      const problem = differenceOf(evaluated, query, answers[number] ?? "");
      const { text, at } = query;
      return problem === undefined ? [] : [`${text} at ${at} of situation ${index}: ${problem}`];
    });
  });
  const withSeries = results
    .flatMap(({ failures }) => failures)
    .filter((answer) => (answered(answer) ?? []).length > 0);
  return { problems, withSeries: withSeries.length };
}

/** What Prometheus got; `undefined` where it failed. */
function answered(answer: string): readonly EvaluatedSample[] | undefined {
  const [, got] = /\n\s*got: (.*)$/s.exec(answer) ?? [];
  if (got === undefined) return undefined;
  if (got === "nil") return [];
  return [...got.matchAll(/\{(.*?)\} (\S+?)(?:, |$)/gs)].map(([, labels = "", value = ""]) => ({
    labels: Object.fromEntries(
      [...labels.matchAll(/([\w.]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", text = ""]) => [label, text]),
    ),
    value: value.endsWith("Inf") ? Number(`${value.replace("Inf", "Infinity")}`) : Number(value),
  }));
}

function differenceOf(evaluated: EvaluatedRules, { text, at, anything }: Query, answer: string): string | undefined {
  // A label's name in quotes is not read here.
  if (anything === true && answer.includes('"="')) return undefined;
  const expected = answered(answer);
  let got: readonly EvaluatedSample[];
  try {
    got = evaluated.query(text, at);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What fails over these series is an Error, and nothing more special: that would be a mistake of ours.
    if (anything === true && error instanceof TypeError) return undefined;
    if (!(error instanceof Error) || error.name !== "Error") return `is not evaluated: ${message}`;
    return expected === undefined ? undefined : `fails with ${message}, and Prometheus gives ${shown(expected)}`;
  }
  if (expected === undefined) return `gives ${shown(got)}, and Prometheus fails: ${answer}`;
  const values = new Map(got.map(({ labels, value }) => [keyOf(labels), value]));
  const same =
    got.length === expected.length &&
    expected.every(({ labels, value }) => {
      const own = values.get(keyOf(labels));
      return own !== undefined && equal(own, value);
    });
  return same ? undefined : `gives ${shown(got)}, and Prometheus ${shown(expected)}`;
}

function keyOf(labels: EvaluatedSample["labels"]): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function equal(a: number, b: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

function shown(samples: readonly EvaluatedSample[]): string {
  return JSON.stringify(samples.map(({ labels, value }) => [labels, String(value)]));
}

function finding(message: string): Finding {
  return { code: "rejected-by-judge", severity: "error", message, expected: "what Prometheus gives" };
}
