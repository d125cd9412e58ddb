import type { Finding } from "@plinth/core";
import { labelsOfPromql, type MetricCatalogue, metricCatalogue, promqlFindings, unitOf } from "@plinth/metrics";
import { isJsonObject } from "../json/json-value.ts";
import { type DashboardDocument, dashboardDocument } from "./dashboard-document.ts";
import { withLabelNames } from "./grafana-variables.ts";
import { logqlFindings } from "./languages/logql-findings.ts";
import { traceqlFindings } from "./languages/traceql-findings.ts";
import type { LintContext, LintExclusion, LintProblem, LintRule } from "./lint-rule.ts";
import { lintRules } from "./lint-rules.ts";

export interface LintOptions {
  /** Rules that the dashboard does not follow, each with the reason. @default none */
  readonly exclusions?: readonly LintExclusion[];
  /** Metrics that there are. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
  /** Labels that Loki's streams have. @default those that Loki makes of logs that come by OTLP */
  readonly lokiLabels?: ReadonlySet<string>;
}

/**
 * What is wrong with a dashboard's JSON, whoever wrote it: everything at once. Nothing when it is right.
 *
 * @example
 * lintDashboard('{"title":"Mine"}').map(({ message }) => message);
 */
export function lintDashboard(text: string, options: LintOptions = {}): readonly Finding[] {
  const document = parseDashboard(text);
  if (document === undefined) {
    return [
      {
        code: "invalid-field",
        severity: "error",
        message: "the dashboard is not a JSON object",
        expected: "a dashboard's JSON model",
      },
    ];
  }
  const exclusions = options.exclusions ?? [];
  const context = contextOf(options);
  const used = new Set<LintExclusion>();
  const findings = lintRules.flatMap((rule) =>
    rule.check(document, context).flatMap((problem) => {
      const exclusion = exclusions.find(
        ({ rule: name, panel }) => name === rule.name && (panel === undefined || panel === problem.panel),
      );
      if (exclusion !== undefined) used.add(exclusion);
      return exclusion === undefined ? [problemFinding(rule, problem, document)] : [];
    }),
  );
  return [...findings, ...exclusionFindings(exclusions, used)];
}

/** What the rules ask about queries; each is read once, though several rules ask. */
function contextOf({ catalogue = metricCatalogue, lokiLabels }: LintOptions): LintContext {
  const promql = { catalogue, variables: "grafana" } as const;
  return {
    promqlFindings: remembered((expression) => promqlFindings(withLabelNames(expression), promql)),
    logqlFindings: remembered((query) => logqlFindings(query, lokiLabels === undefined ? {} : { labels: lokiLabels })),
    traceqlFindings: remembered(traceqlFindings),
    unitOf: remembered((expression) => unitOf(withLabelNames(expression), promql)),
    labelsOf: remembered((expression) => labelsOfPromql(withLabelNames(expression), promql)),
  };
}

function remembered<Answer>(answerOf: (query: string) => Answer): (query: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (query) => {
    const { answer } = known.get(query) ?? { answer: answerOf(query) };
    known.set(query, { answer });
    return answer;
  };
}

function parseDashboard(text: string): DashboardDocument | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? dashboardDocument(json, Buffer.byteLength(text)) : undefined;
  } catch {
    return undefined;
  }
}

function problemFinding(
  rule: LintRule,
  { path, message, expected, example, panel }: LintProblem,
  { title = "" }: DashboardDocument,
): Finding {
  const what =
    panel === undefined
      ? `the dashboard ${JSON.stringify(title)}`
      : `the panel ${JSON.stringify(panel)} of ${JSON.stringify(title)}`;
  return {
    code: rule.code,
    severity: rule.severity ?? "error",
    message: `${what}: ${message} (${rule.name})`,
    path,
    ...(expected === undefined ? {} : { expected }),
    ...(example === undefined ? {} : { example }),
    hint: rule.description,
  };
}

/** An exclusion without a reason, and one that excludes nothing: it would hide the next mistake. */
function exclusionFindings(exclusions: readonly LintExclusion[], used: ReadonlySet<LintExclusion>): readonly Finding[] {
  return exclusions.flatMap((exclusion, index): Finding[] => {
    const path = `exclusions[${index}]`;
    const about = { code: "invalid-field" as const, severity: "error" as const };
    return [
      ...(exclusion.because.trim() === ""
        ? [
            {
              ...about,
              path: `${path}.because`,
              message: `the exclusion of ${exclusion.rule} gives no reason`,
              expected: "why this dashboard need not follow the rule",
            },
          ]
        : []),
      ...(used.has(exclusion)
        ? []
        : [
            {
              ...about,
              path,
              message: `the exclusion of ${exclusion.rule} excludes nothing`,
              expected: "no exclusion: the dashboard follows the rule",
            },
          ]),
    ];
  });
}
