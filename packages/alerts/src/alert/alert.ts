import type { AlertOverride } from "@plinth/core";
import type { Expression, Metric, MetricUnit, PanelPlace } from "@plinth/metrics";
import type { LabelSet } from "../labels/label-set.ts";
import type { FiringScenario, Scenario } from "./scenario.ts";

/** How much it matters, in the words of the kube-prometheus rules: `none` tells a machine something and no person. */
export type AlertSeverity = "critical" | "warning" | "info" | "none";

/** All severities, the most important first. */
export const alertSeverities: readonly AlertSeverity[] = ["critical", "warning", "info", "none"];

/** What an alert is about. Alerts of one category are one rule group. */
export type AlertCategory =
  | "cluster"
  | "workloads"
  | "storage"
  | "platform"
  | "security"
  | "telemetry"
  | "cost"
  | "services";

/**
 * Who is told. `platform`: the team that runs the platform. `namespace`: the team whose namespace the alert's label `namespace` names, and the
 * platform's for every other. A team's name: that team.
 */
export type AlertOwner = "platform" | "namespace" | { readonly team: string };

/** What a person who was woken reads. */
export interface Runbook {
  /** What it means that the alert fires, in plain words. */
  readonly meaning: string;
  /** What users, or teams, feel. */
  readonly impact: string;
  /** How to find the cause, in the order in which it is done. */
  readonly diagnosis: readonly RunbookStep[];
  /** How to end it. */
  readonly mitigation: readonly RunbookStep[];
}

/** The number that an alert compares with: what an environment or a team may set otherwise. */
export interface AlertThreshold {
  readonly value: number;
  readonly unit: MetricUnit;
}

/** Queries to start with, for whoever opens Grafana's Explore. `<name>` stands for what the reader fills in. */
export interface FirstQueries {
  /** LogQL, for Loki. */
  readonly logs?: string;
  /** TraceQL, for Tempo. */
  readonly traces?: string;
}

/** A sentence, and what to run or to ask. `<name>` stands for what the reader fills in. */
export interface RunbookStep {
  readonly text: string;
  /** A query for Prometheus. */
  readonly promql?: Expression;
  /** A command for a shell. */
  readonly command?: string;
}

/** An alert as plain data: the rule, who is told, what to do, and the series on which it fires and stays quiet. */
export interface Alert {
  /** Unique in the platform, but for a rule that each service has: `NodeNotReady`. */
  readonly name: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  readonly owner: AlertOwner;
  /** Only where the platform runs this software, or parts of it: `argocd`. Without it, everywhere. */
  readonly software?: string;
  readonly expr: Expression;
  /** Labels that the expression gives: what the alert is about. */
  readonly labels: readonly string[];
  /** Labels that the rule adds. */
  readonly extraLabels: LabelSet;
  /** How long the expression must hold: a Prometheus duration. */
  readonly for: string;
  /** How long the alert stays after the expression has ceased to hold. */
  readonly keepFiringFor?: string;
  /** One line with Prometheus template references: `Node {{ $labels.node }} is not ready`. */
  readonly summary: string;
  readonly description: string;
  /** What it does to users or teams, in one sentence. */
  readonly impact: string;
  readonly runbook: Runbook;
  /** Which logs and traces to look at first. */
  readonly firstQueries?: FirstQueries;
  /** What it compares with, where that may be set. */
  readonly threshold?: AlertThreshold;
  /** The same alert with another threshold, of the same unit: expression, texts and scenarios follow it. */
  readonly withThreshold?: (value: number) => Alert;
  /** What it does otherwise than where it comes from, and why. */
  readonly overriddenBy?: readonly AlertOverride[];
  /** uid of the dashboard to look at first. */
  readonly dashboard?: string;
  /** The panel of it to look at first. Left out on a dashboard of the platform, which has one for each alert. */
  readonly panel?: PanelPlace;
  /** Metrics of the expression that the catalogue does not have. */
  readonly metrics: readonly Metric[];
  readonly fires: readonly FiringScenario[];
  readonly quiet: readonly Scenario[];
}
