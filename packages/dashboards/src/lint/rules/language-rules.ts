import type { Finding } from "@plinth/core";
import { parsePromql } from "@plinth/metrics";
import { objectAt, quotedValue, textAt } from "../../json/json-value.ts";
import {
  type DashboardDocument,
  dataPanels,
  logqlTargets,
  ofPanel,
  type PanelDocument,
  type TargetDocument,
  targetType,
  traceqlTargets,
} from "../dashboard-document.ts";
import { logqlResult } from "../languages/logql-findings.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about queries in LogQL and TraceQL, and about the selectors of service maps and lists of alerts. */
export const languageRules: readonly LintRule[] = [
  {
    name: "target-logql",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description:
      "A query for Loki, of a panel or an annotation, is LogQL that parses and that Loki takes, and gives what the panel draws.",
    check: (dashboard, context) => [
      ...logqlProblems(dashboard, context, "invalid-expression"),
      ...drawnProblems(dashboard),
    ],
  },
  {
    name: "target-logql-labels",
    origin: "plinth",
    code: "unknown-reference",
    description: "A query for Loki selects streams by labels that streams have.",
    check: (dashboard, context) => logqlProblems(dashboard, context, "unknown-reference"),
  },
  {
    name: "target-logql-auto",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: "A query for Loki looks back over $__auto.",
    check: (dashboard) =>
      logqlTargets(dashboard).flatMap(({ panel, target, expr }) =>
        [...expr.matchAll(/\[\s*(\d\w*)\s*\]/g)].map(([, range]) => ({
          ...ofPanel(panel),
          path: `${target.path}.expr`,
          message: `looks back over ${range}`,
          expected: "$__auto",
        })),
      ),
  },
  {
    name: "target-traceql",
    origin: "plinth",
    code: "invalid-expression",
    description: "A query for Tempo is TraceQL that parses and that Tempo takes.",
    check: (dashboard, context) =>
      traceqlTargets(dashboard).flatMap(({ panel, target, expr }) =>
        context.traceqlFindings(expr).map((finding) => ({
          ...ofPanel(panel),
          path: `${target.path}.query`,
          ...saidIn(finding),
        })),
      ),
  },
  {
    name: "target-service-map",
    origin: "plinth",
    code: "invalid-expression",
    description: "A service map is narrowed by selectors of the service graph's series.",
    check: (dashboard, context) =>
      dataPanels(dashboard).flatMap((panel) =>
        panel.targets.flatMap((target) =>
          targetType(dashboard, panel, target) === "tempo" && textAt(target.json, "queryType") === "serviceMap"
            ? mapProblems(panel, target, context)
            : [],
        ),
      ),
  },
  {
    name: "panel-alert-matchers",
    origin: "plinth",
    code: "invalid-expression",
    description: "A list of alerts is narrowed by matchers as Alertmanager has them.",
    check: ({ panels }) =>
      panels.flatMap((panel) => {
        const matchers = textAt(objectAt(panel.json, "options"), "alertInstanceLabelFilter") ?? "";
        if (panel.type !== "alertlist" || matchers === "") return [];
        const { problem } = parsePromql(`alerts${matchers}`, { variables: "grafana" });
        if (problem === undefined && /^\{.*\}$/s.test(matchers)) return [];
        return [
          {
            ...ofPanel(panel),
            path: `${panel.path}.options.alertInstanceLabelFilter`,
            message: `narrows its alerts by ${JSON.stringify(matchers)}${problem === undefined ? "" : `: ${problem.message}`}`,
            expected: "matchers in braces",
            example: '{team="backend"}',
          },
        ];
      }),
  },
];

function saidIn({ message, expected, example }: Finding): Pick<LintProblem, "message" | "expected" | "example"> {
  return {
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(example === undefined ? {} : { example }),
  };
}

function logqlProblems(
  dashboard: DashboardDocument,
  { logqlFindings }: LintContext,
  code: Finding["code"],
): readonly LintProblem[] {
  const found = (query: string): readonly Pick<LintProblem, "message" | "expected" | "example">[] =>
    logqlFindings(query)
      .filter((finding) => finding.code === code)
      .map(saidIn);
  return [
    ...logqlTargets(dashboard).flatMap(({ panel, target, expr }) =>
      found(expr).map((problem) => ({ ...ofPanel(panel), path: `${target.path}.expr`, ...problem })),
    ),
    ...dashboard.annotations.flatMap(({ dataSourceType, expr, exprPath, name = "" }) =>
      dataSourceType === "loki" && expr !== undefined && expr !== ""
        ? found(expr).map((problem) => ({
            path: exprPath,
            ...problem,
            message: `the annotation ${name} ${problem.message}`,
          }))
        : [],
    ),
  ];
}

// Kinds of panel that draw numbers and nothing else.
const drawsNumbers: ReadonlySet<string> = new Set([
  "timeseries",
  "stat",
  "gauge",
  "bargauge",
  "heatmap",
  "state-timeline",
]);

/** A panel of lines that gets numbers, and the other way round, stays empty. */
function drawnProblems(dashboard: DashboardDocument): readonly LintProblem[] {
  return logqlTargets(dashboard).flatMap(({ panel, target, expr }) => {
    const result = logqlResult(expr);
    const wanted = panel.type === "logs" ? "lines" : drawsNumbers.has(panel.type) ? "numbers" : result;
    return result === undefined || result === wanted
      ? []
      : [
          {
            ...ofPanel(panel),
            path: `${target.path}.expr`,
            message: `asks for ${result} where the panel draws ${wanted}`,
            expected: wanted === "lines" ? "streams and conditions" : "rate, count_over_time, …",
            example:
              wanted === "lines" ? '{service_name="checkout"} |= "error"' : 'rate({service_name="checkout"} [$__auto])',
          },
        ];
  });
}

// Tempo's data source asks Prometheus for these, with the selector behind each name.
const drawn = "traces_service_graph_request_total";

function mapProblems(panel: PanelDocument, target: TargetDocument, context: LintContext): readonly LintProblem[] {
  const said = target.json["serviceMapQuery"];
  const selectors = Array.isArray(said) ? said : [said];
  return selectors.flatMap((selector: unknown) => {
    if (selector === undefined || selector === "") return [];
    const about = { ...ofPanel(panel), path: `${target.path}.serviceMapQuery`, example: '{client="checkout"}' };
    if (typeof selector !== "string" || !/^\{.*\}$/s.test(selector))
      return [{ ...about, message: `draws calls by ${quotedValue(selector)}`, expected: "a selector in braces" }];
    return context.promqlFindings(`${drawn}${selector}`).map((finding) => ({ ...about, ...saidIn(finding) }));
  });
}
