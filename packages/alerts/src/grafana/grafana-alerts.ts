import { type Component, componentsWithRole, once, type Platform } from "@plinth/core";
import { runbookPath } from "@plinth/metrics";
import { platformOwner } from "../routing/owner.ts";
import type { RoutingOptions } from "../routing/platform-routing.ts";
import { fence, ownerSentence, stepBlock } from "../runbooks/runbook-page.ts";
import { type GrafanaAlertOptions, grafanaAlertFolder, grafanaAlertRuleGroup } from "./alert-rule-group.ts";
import type { QueryAlert } from "./query-alert.ts";
import { queryAlerts } from "./query-alerts.ts";

/** Which alerts Grafana evaluates, and where it asks. */
export interface GrafanaAlertsOptions extends GrafanaAlertOptions {
  /** Alerts on logs and traces. @default `queryAlerts` */
  readonly queryAlerts?: readonly QueryAlert[];
}

/**
 * Alerts on logs and traces, where the platform has a Grafana that its operator looks after: those on logs where it runs Loki, those on traces where it runs
 * Tempo. They are equal everywhere: each environment has its own Grafana, and nothing in them is of one environment.
 */
export function grafanaAlerts(options: GrafanaAlertsOptions & RoutingOptions): Component {
  return {
    name: "grafana-alerts",
    layer: "foundation",
    shared: (platform) => {
      const alerts = alertsOf(platform, options);
      const namespace = componentsWithRole(platform, "dashboard-server")[0]?.namespace;
      if (namespace === undefined || alerts.length === 0) return [];
      const owner = platformOwner(platform, options.platformTeam);
      return [
        grafanaAlertFolder(namespace, options),
        grafanaAlertRuleGroup(platform, namespace, owner, alerts, options),
      ];
    },
    documents: (platform) =>
      alertsOf(platform, options).map((alert) => ({
        path: runbookPath(alert.name),
        text: queryRunbook(platform, alert, options),
      })),
  };
}

/**
 * The alerts on logs and traces that Grafana evaluates on a platform: none without grafana-operator.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * grafanaQueryAlerts(examplePlatform()).map(({ name }) => name);
 */
export function grafanaQueryAlerts(platform: Platform, options: GrafanaAlertsOptions = {}): readonly QueryAlert[] {
  const runs = (software: string): boolean => platform.components.some((component) => component.software === software);
  if (!runs("grafana-operator")) return [];
  return (options.queryAlerts ?? queryAlerts).filter(({ source }) => runs(source === "logs" ? "loki" : "tempo"));
}

const alertsOf = once((platform: Platform, options: GrafanaAlertsOptions) => grafanaQueryAlerts(platform, options));

function queryRunbook(platform: Platform, alert: QueryAlert, options: RoutingOptions): string {
  const { name, severity, source, query, above, for: duration, runbook } = alert;
  const blocks = [
    `# ${name}`,
    `Severity **${severity}**. Grafana asks ${source === "logs" ? "Loki" : "Tempo"}, and fires ${duration === "0s" ? "as soon as" : `once for ${duration}`} this is above ${above}:`,
    fence(source === "logs" ? "logql" : "traceql", query),
    "## Meaning",
    runbook.meaning,
    "## Impact",
    runbook.impact,
    "## Diagnosis",
    ...runbook.diagnosis.map(stepBlock),
    "## Mitigation",
    ...runbook.mitigation.map(stepBlock),
    "## Who is told",
    ownerSentence(platform, alert, options),
  ];
  return `${blocks.join("\n\n")}\n`;
}
