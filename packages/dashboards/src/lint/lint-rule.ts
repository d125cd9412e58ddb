import type { Finding, FindingCode } from "@plinth/core";
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
  readonly check: (dashboard: DashboardDocument, context: LintContext) => readonly LintProblem[];
}

/** What a dashboard is checked against. */
export interface LintContext {
  /** What is wrong with a PromQL expression that may hold Grafana's variables. */
  readonly promqlFindings: (expression: string) => readonly Finding[];
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
  | "panel-id"
  | "panel-grid"
  | "panel-latency-exemplars"
  | "target-ref-id"
  | "target-datasource"
  | "target-metrics"
  | "variable-defined"
  | "variable-used"
  | "link-address";
