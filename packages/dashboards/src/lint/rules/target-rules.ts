import type { Finding } from "@plinth/core";
import { type PromqlSelector, promqlSelectors } from "@plinth/metrics";
import { numberAt } from "../../json/json-value.ts";
import {
  type DashboardDocument,
  type DashboardQuery,
  dataPanels,
  ofPanel,
  promqlTargets,
  type TargetDocument,
} from "../dashboard-document.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";
import { dataSourceProblem } from "./panel-rules.ts";
import { readsPrometheus, templatePromqlProblems } from "./template-rules.ts";

/** Rules about queries; those of dashboard-linter ported from its 0.2.0, lint/rule_target_*.go. */
export const targetRules: readonly LintRule[] = [
  {
    name: "target-promql",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description:
      "A query for Prometheus, of a panel or an annotation, is PromQL that parses and makes sense of its metrics.",
    check: (dashboard, context) => [
      ...emptyQueries(dashboard),
      ...promqlProblems(dashboard, context, "invalid-expression"),
    ],
  },
  {
    name: "target-metrics",
    origin: "plinth",
    code: "unknown-reference",
    description:
      "A query, of a panel, a variable or an annotation, asks for metrics and labels that the catalogue has.",
    check: (dashboard, context) => [
      ...promqlProblems(dashboard, context, "unknown-reference"),
      ...templatePromqlProblems(dashboard, context, "unknown-reference"),
    ],
  },
  {
    name: "target-rate-interval",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: "rate and irate look back over $__rate_interval, which is never shorter than two scrapes.",
    check: (dashboard) =>
      eachSelector(dashboard, ({ series, range, call }) =>
        range === undefined || rateIntervals.has(range) || (call !== "rate" && call !== "irate")
          ? []
          : [{ message: `${call} of ${series} looks back over ${range}`, expected: "$__rate_interval" }],
      ),
  },
  {
    name: "target-job",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: 'Every selector has the condition job=~"$job".',
    check: (dashboard) => matcherProblems(dashboard, "job"),
  },
  {
    name: "target-instance",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: 'Every selector has the condition instance=~"$instance".',
    check: (dashboard) => matcherProblems(dashboard, "instance"),
  },
  {
    name: "target-counter-agg",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: "A counter, whose name ends in _total, is read through rate, irate or increase.",
    check: (dashboard) =>
      eachSelector(dashboard, ({ series, range, call }) =>
        !series.endsWith("_total") ||
        (range !== undefined && (call === "rate" || call === "irate" || call === "increase"))
          ? []
          : [{ message: `reads the counter ${series} as it is`, expected: "rate, irate or increase of it" }],
      ),
  },
  {
    name: "target-ref-id",
    origin: "plinth",
    code: "duplicate-name",
    description: "A query has a name of its own within its panel.",
    check: (dashboard) =>
      dataPanels(dashboard).flatMap((panel) =>
        nameProblems(panel.targets).map((problem) => ({ ...ofPanel(panel), ...problem })),
      ),
  },
  {
    name: "target-datasource",
    origin: "plinth",
    code: "invalid-field",
    description: "A query that names a data source names a variable.",
    check: (dashboard) =>
      dataPanels(dashboard).flatMap((panel) =>
        panel.targets.flatMap(({ path, dataSource }) =>
          dataSource === undefined
            ? []
            : dataSourceProblem(dashboard, dataSource, `${path}.datasource`).map((problem) => ({
                ...ofPanel(panel),
                ...problem,
              })),
        ),
      ),
  },
];

const rateIntervals: ReadonlySet<string> = new Set(["$__rate_interval", "${__rate_interval}", "[[__rate_interval]]"]);

function atExpression({ panel, target }: DashboardQuery): { panel?: string; path: string } {
  return { ...ofPanel(panel), path: `${target.path}.expr` };
}

/** What the catalogue and the grammar say of the queries: findings of one code, so that each rule has its own. */
function promqlProblems(
  dashboard: DashboardDocument,
  { promqlFindings }: LintContext,
  code: Finding["code"],
): readonly LintProblem[] {
  const found = (expr: string): readonly Pick<LintProblem, "message" | "expected" | "example">[] =>
    promqlFindings(expr)
      .filter((finding) => finding.code === code)
      .map(({ message, expected, example }) => ({
        message,
        ...(expected === undefined ? {} : { expected }),
        ...(example === undefined ? {} : { example }),
      }));
  return [
    ...promqlTargets(dashboard).flatMap((query) =>
      query.expr === "" ? [] : found(query.expr).map((problem) => ({ ...atExpression(query), ...problem })),
    ),
    ...dashboard.annotations.flatMap(({ dataSourceType, expr = "", exprPath, name = "" }) =>
      expr === "" || dataSourceType !== "prometheus"
        ? []
        : found(expr).map((problem) => ({
            path: exprPath,
            ...problem,
            message: `the annotation ${name}: ${problem.message}`,
          })),
    ),
  ];
}

/** A query without an expression may take its data from another panel, which must be there. */
function emptyQueries(dashboard: DashboardDocument): readonly LintProblem[] {
  return promqlTargets(dashboard).flatMap((query) => {
    if (query.expr !== "") return [];
    const panelId = numberAt(query.target.json, "panelId");
    if (panelId !== undefined && dashboard.panels.some(({ id }) => id === panelId)) return [];
    return [{ ...atExpression(query), message: "asks nothing", expected: "a PromQL expression" }];
  });
}

/** Asks something of every selector of every query. */
function eachSelector(
  dashboard: DashboardDocument,
  check: (selector: PromqlSelector) => readonly Pick<LintProblem, "message" | "expected">[],
): readonly LintProblem[] {
  return promqlTargets(dashboard).flatMap((query) =>
    promqlSelectors(query.expr).flatMap((selector) =>
      check(selector).map((problem) => ({ ...atExpression(query), ...problem })),
    ),
  );
}

function matcherProblems(dashboard: DashboardDocument, label: string): readonly LintProblem[] {
  if (!readsPrometheus(dashboard)) return [];
  return eachSelector(dashboard, ({ series, matchers }) =>
    matchers.some((matcher) => matcher.label === label && matcher.operator === "=~" && matcher.value === `$${label}`)
      ? []
      : [{ message: `${series} is not narrowed by ${label}`, expected: `${label}=~"$${label}"` }],
  );
}

function nameProblems(targets: readonly TargetDocument[]): readonly LintProblem[] {
  const seen = new Set<string>();
  return targets.flatMap(({ path, refId = "" }) => {
    const about = { path: `${path}.refId` };
    if (refId === "") return [{ ...about, message: "has a query without a name", expected: "a refId" }];
    if (seen.has(refId))
      return [
        { ...about, message: `has two queries named ${JSON.stringify(refId)}`, expected: "a name for each query" },
      ];
    seen.add(refId);
    return [];
  });
}
