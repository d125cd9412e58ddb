import { type Platform, parseDuration } from "@plinth/core";
import { dashboardUrl, printPromql, runbookUrl } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import type { PlatformOwner } from "../routing/owner.ts";

/**
 * An alerting rule in the words of Prometheus.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
}

/** The rule of an alert: its labels say how much it matters and, unless the namespace says so, who is told. */
export function alertingRule(platform: Platform, owner: PlatformOwner, alert: Alert): AlertingRule {
  const team = alert.owner === "namespace" ? undefined : alert.owner === "platform" ? owner.name : alert.owner.team;
  return {
    alert: alert.name,
    expr: printPromql(alert.expr),
    ...(parseDuration(alert.for) === 0 ? {} : { for: alert.for }),
    ...(alert.keepFiringFor === undefined ? {} : { keep_firing_for: alert.keepFiringFor }),
    labels: { severity: alert.severity, ...(team === undefined ? {} : { team }), ...alert.extraLabels },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      impact: alert.impact,
      runbook_url: runbookUrl(platform, alert.name),
      ...(alert.dashboard === undefined ? {} : { dashboard_url: dashboardUrl(platform, alert.dashboard) }),
    },
  };
}
