import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { type AskedExpression, emptiness, Prometheus } from "./dashboard-data-asking.ts";
import { isKnownEmpty } from "./dashboard-data-empty.ts";
import { survivors } from "./dashboard-data-mutants.ts";
import { startDataPrometheus } from "./dashboard-data-prometheus.ts";
import {
  choicesOf,
  type DashboardDocument,
  dashboardsOf,
  filled,
  type Question,
  questionsOf,
  variableQuestionsOf,
} from "./dashboard-data-questions.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * A Prometheus with the data that a platform like the model would have, the rendered rules evaluated, is asked everything that every dashboard asks: each query of
 * a panel, each annotation, each variable. What gives nothing there would give nothing ever: the data hold what the catalogue, the model and the tables of
 * values say that there can be, and some of everything that fails.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export const dashboardData: Judge = {
  name: "dashboard-data",
  purpose: "every panel can show something",
  tools: ["prometheus"],
  judge: async (context) => {
    const asked = new Set<string>();
    const verdicts: EnvironmentVerdict[] = [];
    // Production first: what others ask in the same words is not asked again.
    const ordered = [...context.platform.environments].sort((a, b) => Number(b.production) - Number(a.production));
    for (const environment of ordered) {
      const dashboards = dashboardsOf(objectsOfEnvironment(context.tree, environment.name));
      const own = dashboards.filter((dashboard) => {
        const words = JSON.stringify(dashboard.json).replaceAll(environment.name, "<environment>");
        if (asked.has(words)) return false;
        asked.add(words);
        return true;
      });
      if (own.length > 0) verdicts.push(await judgeEnvironment(context, environment, own));
    }
    const sum = (count: (verdict: EnvironmentVerdict) => number): number =>
      verdicts.reduce((total, verdict) => total + count(verdict), 0);
    return {
      read: `${sum(({ queries }) => queries)} queries of ${sum(({ dashboards }) => dashboards)} dashboards to ${sum(({ series }) => series)} series, ${sum(({ mutants }) => mutants)} mutants`,
      findings: verdicts.flatMap(({ findings }) => findings),
    };
  },
};

interface EnvironmentVerdict {
  readonly queries: number;
  readonly dashboards: number;
  readonly series: number;
  readonly mutants: number;
  readonly findings: readonly Finding[];
}

// Every so many queries of production are asked with slips of the hand, too.
const mutatedQueries = 40;

async function judgeEnvironment(
  { tree, platform, metrics, workFolder, signal }: JudgeContext,
  environment: Environment,
  dashboards: readonly DashboardDocument[],
): Promise<EnvironmentVerdict> {
  const objects = objectsOfEnvironment(tree, environment.name);
  const expressions = dashboards.flatMap((dashboard) => [
    ...questionsOf(dashboard).map(({ expression }) => expression),
    ...variableQuestionsOf(dashboard).map(({ selector }) => selector),
  ]);
  const folder = join(workFolder, environment.name);
  const server = await startDataPrometheus({ platform, environment, objects, expressions, metrics, folder, signal });
  try {
    const prometheus = new Prometheus(server.url, signal);
    const { findings: all, asked } = await problemsOf(prometheus, dashboards);
    const findings = all.filter(({ message }) => !isKnownEmpty(message, environment));
    // The judge itself is judged: a slip that it does not notice could be in a dashboard.
    const noticed = await survivors(
      prometheus,
      environment.production ? asked.filter((_, index) => index % mutatedQueries === 0) : [],
    );
    return {
      queries: expressions.length,
      dashboards: dashboards.length,
      series: server.series,
      mutants: noticed.mutants,
      findings: [
        ...findings,
        ...noticed.survivors.map((survivor) => finding(undefined, `a slip of the hand is not noticed: ${survivor}`)),
      ],
    };
  } finally {
    await server.stop();
  }
}

/** What of some dashboards never shows anything. */
async function problemsOf(
  prometheus: Prometheus,
  dashboards: readonly DashboardDocument[],
): Promise<{ readonly findings: readonly Finding[]; readonly asked: readonly AskedExpression[] }> {
  const found: Finding[] = [];
  const asked: AskedExpression[] = [];
  for (const dashboard of dashboards) {
    const { values, findings } = await valuesOf(prometheus, dashboard);
    const answers = await Promise.all(
      questionsOf(dashboard).map(async (question) => ({
        problems: await problemsOfQuestion(prometheus, question, values),
        filledIn: { ...question, expression: filled(question.expression, values) },
      })),
    );
    found.push(...findings, ...answers.flatMap(({ problems }) => problems));
    asked.push(...answers.flatMap(({ problems, filledIn }) => (problems.length === 0 ? [filledIn] : [])));
  }
  return { findings: found, asked };
}

/** What Grafana would put in for each variable: all values, or the first one. */
async function valuesOf(
  prometheus: Prometheus,
  dashboard: DashboardDocument,
): Promise<{ readonly values: ReadonlyMap<string, string>; readonly findings: readonly Finding[] }> {
  const values = new Map(choicesOf(dashboard));
  const findings: Finding[] = [];
  for (const { file, name, selector, label, all } of variableQuestionsOf(dashboard)) {
    const given = await prometheus.labelValues(filled(selector, values), label);
    const [first] = given;
    if (first === undefined)
      findings.push(
        finding(
          file,
          `the variable ${name} of ${dashboard.title} has no values: no series of ${selector} has the label ${label}`,
        ),
      );
    values.set(name, all ?? first ?? "");
  }
  return { values, findings };
}

async function problemsOfQuestion(
  prometheus: Prometheus,
  { file, dashboard, place, expression, instant, labels }: Question,
  values: ReadonlyMap<string, string>,
): Promise<readonly Finding[]> {
  let problems = await emptiness(prometheus, { expression: filled(expression, values), instant, labels });
  // What one value does not have, another one may have.
  const anyValue = expression.replaceAll(/="\$\{?\w+\}?"/g, '=~".+"');
  if (problems.length > 0 && anyValue !== expression)
    problems = await emptiness(prometheus, { expression: filled(anyValue, values), instant, labels });
  return problems.map((problem) => finding(file, `${dashboard}, ${place}: ${problem}: ${expression}`));
}

function finding(file: string | undefined, message: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    ...(file === undefined ? {} : { file }),
    message,
    expected: "a query that can have a result",
  };
}
