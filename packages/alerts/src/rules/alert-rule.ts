import { once, type Platform, parseDuration } from "@plinth/core";
import { type AlertingRule, printPromql, runbookUrl } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { alertDashboardUrl } from "../alert/dashboard-link.ts";
import { labelReference } from "../alert/template.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { overridesInWords } from "../overrides/override-words.ts";
import type { PlatformOwner } from "../routing/owner.ts";

/**
 * The rule of an alert: its labels say how much it matters and, unless the namespace says so, who is told. An alert that environments share has one rule,
 * which is made once.
 */
export function alertingRule(platform: Platform, owner: PlatformOwner, alert: Alert): AlertingRule {
  return ruleOf(platform, owner, alert);
}

const ruleOf = once((platform: Platform, owner: PlatformOwner, alert: Alert): AlertingRule => {
  const team = alert.owner === "namespace" ? undefined : alert.owner === "platform" ? owner.name : alert.owner.team;
  const override = overridesInWords(alert);
  const dashboard = alertDashboardUrl(platform, alert, "rule");
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
      ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
      ...queryAnnotations(alert),
      ...(override === undefined ? {} : { override }),
    },
  };
});

/** The queries to begin with, about the very object: what the alert knows is filled in. */
function queryAnnotations({ firstQueries, labels, extraLabels }: Alert): LabelSet {
  const filled = (query: string): string =>
    query.replace(/<([a-z_]+)>/g, (written, name: string) =>
      labels.includes(name) ? labelReference(name) : (extraLabels[name] ?? written),
    );
  return {
    ...(firstQueries?.logs === undefined ? {} : { logs_query: filled(firstQueries.logs) }),
    ...(firstQueries?.traces === undefined ? {} : { traces_query: filled(firstQueries.traces) }),
  };
}
