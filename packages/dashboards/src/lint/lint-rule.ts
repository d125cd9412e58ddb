import type { Finding, FindingCode } from "@plinth/core";
import type { ResultUnit } from "@plinth/metrics";
import type { DashboardDocument } from "./dashboard-document.ts";

/** One thing that a good dashboard does. */
export interface LintRule {
  readonly name: LintRuleName;
  /** Who made the rule: grafana/dashboard-linter, or Plinth. */
  readonly origin: "dashboard-linter" | "plinth";
  /** What it asks for, in one sentence. */
  readonly description: string;
  /** What its findings are. */
  readonly code: FindingCode;
  /** What its findings are to a render. @default "error" */
  readonly severity?: "warning";
  readonly check: (dashboard: DashboardDocument, context: LintContext) => readonly LintProblem[];
}

/** What a dashboard is checked against. */
export interface LintContext {
  /** What is wrong with a PromQL expression that may hold Grafana's variables. */
  readonly promqlFindings: (expression: string) => readonly Finding[];
  /** The same of LogQL. */
  readonly logqlFindings: (query: string) => readonly Finding[];
  /** The same of TraceQL. */
  readonly traceqlFindings: (query: string) => readonly Finding[];
  /** What a PromQL expression's values are, where that is known. */
  readonly unitOf: (expression: string) => ResultUnit | undefined;
  /** The labels that its series can have, where that is known. */
  readonly labelsOf: (expression: string) => ReadonlySet<string> | undefined;
}

/** One place where a rule is not followed. */
export interface LintProblem {
  /** The place in the JSON: `panels[3].targets[0].expr`. */
  readonly path: string;
  readonly message: string;
  readonly expected?: string;
  readonly example?: string;
  /** Title of the panel that it is about. */
  readonly panel?: string;
}

/** A rule that a dashboard does not follow, and why. */
export interface LintExclusion {
  readonly rule: LintRuleName;
  /** Title of the only panel that may break the rule. @default the whole dashboard */
  readonly panel?: string;
  readonly because: string;
}

export type LintRuleName = DashboardLinterRuleName | PlinthRuleName;

/** The rules of grafana/dashboard-linter 0.2.0, by its own names without `-rule`. */
export type DashboardLinterRuleName =
  | "template-datasource"
  | "template-job"
  | "template-instance"
  | "template-label-promql"
  | "template-on-time-change-reload"
  | "panel-datasource"
  | "panel-title-description"
  | "panel-units"
  | "panel-no-targets"
  | "target-promql"
  | "target-logql"
  | "target-logql-auto"
  | "target-rate-interval"
  | "target-job"
  | "target-instance"
  | "target-counter-agg"
  | "uneditable-dashboard";

export type PlinthRuleName =
  | "dashboard-uid"
  | "dashboard-title-description"
  | "dashboard-schema"
  | "dashboard-size"
  | "dashboard-time"
  | "dashboard-refresh"
  | "dashboard-tags"
  | "dashboard-cost"
  | "panel-id"
  | "panel-grid"
  | "panel-latency-exemplars"
  | "panel-text"
  | "panel-unique-title"
  | "panel-colours"
  | "panel-states"
  | "panel-thresholds"
  | "panel-least-value"
  | "panel-unit-fits"
  | "panel-legend"
  | "panel-columns"
  | "panel-alert-matchers"
  | "target-ref-id"
  | "target-datasource"
  | "target-metrics"
  | "target-logql-labels"
  | "target-traceql"
  | "target-service-map"
  | "annotation-query"
  | "variable-defined"
  | "variable-used"
  | "link-address"
  | "link-query";
