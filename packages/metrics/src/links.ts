import { createHash, hash } from "node:crypto";
import type { Platform } from "@plinth/core";
import type { Operand } from "./promql/expression.ts";
import { narrowingLabels } from "./promql/narrowed-by.ts";

// Grafana refuses longer uids: pkg/apimachinery/identity, MaxUIDLength.
const MAX_UID_LENGTH = 40;

/**
 * The uid of a service's dashboard: `service-<name>`, or for a long name its beginning and a hash, at most 40 characters.
 *
 * @example
 * serviceDashboardUid("checkout"); // "service-checkout"
 */
export function serviceDashboardUid(service: string): string {
  return namedUid("service", service);
}

/**
 * The uid of a team's dashboard: `overview-<team>`, or for a long name its beginning and a hash, at most 40 characters. Not `team-<team>`: that is the uid of
 * the team's folder, and Grafana has one set of uids for both.
 *
 * @example
 * teamDashboardUid("backend"); // "overview-backend"
 */
export function teamDashboardUid(team: string): string {
  return namedUid("overview", team);
}

function namedUid(kind: string, name: string): string {
  const uid = `${kind}-${name}`;
  if (uid.length <= MAX_UID_LENGTH) return uid;
  const hash = createHash("sha256").update(uid).digest("hex").slice(0, 8);
  return `${uid.slice(0, MAX_UID_LENGTH - hash.length - 1)}-${hash}`;
}

/**
 * The uids of the dashboards about SLOs: all at a glance, and one in detail, which the variables `service` (`sloth_service`) and `slo` (`sloth_slo`) choose.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * dashboardUrl(examplePlatform(), sloDashboardUids.detail, { variables: { service: "checkout", slo: "availability" } });
 */
export const sloDashboardUids = { overview: "slo-overview", detail: "slo-detail" } as const;

/** What a dashboard of the platform is about. */
export type PlatformDashboardTopic = (typeof platformDashboardTopics)[number];

/** All topics that the platform has a dashboard about. */
export const platformDashboardTopics = [
  "cluster",
  "nodes",
  "workloads",
  "storage",
  "api-server",
  "dns",
  "ingress",
  "mesh",
  "autoscaling",
  "collectors",
  "metrics",
  "alerting",
  "logs",
  "traces",
  "policies",
  "delivery",
  "certificates",
  "secrets",
  "backups",
  "security",
  "cost",
] as const;

/**
 * The uid of a dashboard of the platform.
 *
 * @example
 * platformDashboardUid("nodes"); // "platform-nodes"
 */
export function platformDashboardUid(topic: PlatformDashboardTopic): string {
  return `platform-${topic}`;
}

/** A panel by its place in the model, which never changes: a row of its dashboard, and a panel of the row. */
export interface PanelPlace {
  readonly row: string;
  readonly panel: string;
}

/**
 * The panels that links lead to. The errors, rate and durations of what a service does for others stand in the row of its requests, or of its messages where it
 * only reads those.
 */
export const linkedPanels = {
  requestRate: { row: "requests", panel: "rate" },
  requestErrors: { row: "requests", panel: "errors" },
  requestDuration: { row: "requests", panel: "duration" },
  messageRate: { row: "messages", panel: "rate" },
  messageErrors: { row: "messages", panel: "errors" },
  messageDuration: { row: "messages", panel: "duration" },
  callErrors: { row: "dependencies", panel: "errors-by-name" },
  burnRate: { row: "slo", panel: "burn-rate" },
} as const;

/**
 * The panel of an alert on the dashboard of its topic: it draws what the alert measures.
 *
 * @example
 * alertPanel("NodeNotReady"); // { row: "alerts", panel: "alert-NodeNotReady" }
 */
export function alertPanel(alert: string): PanelPlace {
  return { row: "alerts", panel: `alert-${alert}` };
}

/**
 * The number that Grafana knows a panel by, from its place in the model alone: a panel that is added or moved renumbers no other, so that links
 * to a panel stay and a diff shows only what changed. From 1 on: Grafana finds no panel 0 (grafana/grafana#15229).
 *
 * @param path The row, and the panel in it; the row alone for its heading.
 * @example
 * const { row, panel } = alertPanel("NodeNotReady");
 * panelNumber(row, panel);
 */
export function panelNumber(...path: readonly string[]): number {
  // Below 2^31: what a 32-bit integer of any reader holds.
  return (Number.parseInt(hash("sha256", path.join("/"), "hex").slice(0, 8), 16) % 0x7ffffffe) + 1;
}

/** What the reader chooses on dashboards of the platform: labels of series that name an object. */
export const dashboardVariables = ["namespace", "node", "instance"] as const;

/** A label by which panels of the platform's dashboards are narrowed. */
export type DashboardVariable = (typeof dashboardVariables)[number];

/**
 * The variables that narrow an alert's panel to one object: the alert's link chooses them.
 *
 * @param labels The labels that the alert has from its expression.
 * @example
 * alertVariables(max(metric("kube_node_spec_unschedulable"), { by: ["node"] }), ["node"]); // ["node"]
 */
export function alertVariables(expression: Operand, labels: readonly string[]): readonly DashboardVariable[] {
  const possible = new Set(
    narrowingLabels(
      expression,
      dashboardVariables.filter((name) => labels.includes(name)),
    ),
  );
  return dashboardVariables.filter((name) => possible.has(name));
}

/** What a link to a dashboard opens it with. */
export interface DashboardLinkOptions {
  /** Shows only this panel. @default all of them */
  readonly panel?: PanelPlace;
  /** What the reader would choose at the top, by the variable's name. Prometheus may fill in a value: `{{ $labels.namespace }}`. @default all */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Where people open a dashboard: Grafana lives at `grafana.<platform domain>`.
 *
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/create-dashboard-url-variables/
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * dashboardUrl(platform, serviceDashboardUid("checkout")); // "https://grafana.shop.example.com/d/service-checkout"
 * dashboardUrl(platform, platformDashboardUid("nodes"), { panel: alertPanel("NodeNotReady"), variables: { node: "{{ $labels.node }}" } });
 */
export function dashboardUrl(platform: Platform, uid: string, options: DashboardLinkOptions = {}): string {
  const { panel, variables = {} } = options;
  const query = [
    ...(panel === undefined ? [] : [`viewPanel=panel-${panelNumber(panel.row, panel.panel)}`]),
    ...Object.entries(variables).map(([name, value]) => `var-${name}=${value}`),
  ];
  return `https://grafana.${platform.domain}/d/${uid}${query.length === 0 ? "" : `?${query.join("&")}`}`;
}

/** The path of an alert's runbook below the output folder: what `Component.documents` gives. */
export function runbookPath(alert: string): string {
  return `runbooks/${alert}.md`;
}

/**
 * Where people read an alert's runbook: the rendered file in the repository that Argo CD reads.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * runbookUrl(platform, "NodeNotReady"); // "https://git.example.com/shop/platform/blob/main/rendered/runbooks/NodeNotReady.md"
 */
export function runbookUrl(platform: Platform, alert: string): string {
  const { url, branch, path } = platform.repository;
  return `${url.replace(/\/$/, "").replace(/\.git$/, "")}/blob/${branch}/${path}/${runbookPath(alert)}`;
}
