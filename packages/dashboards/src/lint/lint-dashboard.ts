import type { Finding } from "@plinth/core";
import { type MetricCatalogue, metricCatalogue, promqlFindings } from "@plinth/metrics";
import { isJsonObject } from "../json/json-value.ts";
import { type DashboardDocument, dashboardDocument } from "./dashboard-document.ts";
import { withLabelNames } from "./grafana-variables.ts";
import type { LintExclusion, LintProblem, LintRule } from "./lint-rule.ts";
import { lintRules } from "./lint-rules.ts";

export interface LintOptions {
  /** Rules that the dashboard does not follow, each with the reason. @default none */
  readonly exclusions?: readonly LintExclusion[];
  /** Metrics that there are. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
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
  const context = { promqlFindings: promqlChecker(options.catalogue ?? metricCatalogue) };
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

/** Parses each expression once, though several rules ask. */
function promqlChecker(catalogue: MetricCatalogue): (expression: string) => readonly Finding[] {
  const known = new Map<string, readonly Finding[]>();
  return (expression) => {
    const findings =
      known.get(expression) ?? promqlFindings(withLabelNames(expression), { catalogue, variables: "grafana" });
    known.set(expression, findings);
    return findings;
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
    severity: "error",
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
