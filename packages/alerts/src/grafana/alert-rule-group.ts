import { buildUntypedResource, type Platform, parseDuration, type Resource } from "@plinth/core";
import {
  alertPanel,
  dashboardUrl,
  type PanelPlace,
  panelNumber,
  platformDashboardUid,
  runbookUrl,
} from "@plinth/metrics";
import type { LabelSet } from "../labels/label-set.ts";
import type { PlatformOwner } from "../routing/owner.ts";
import { type QueryAlert, queryAlertTopic } from "./query-alert.ts";

/** Where Grafana asks, and where it keeps the rules. */
export interface GrafanaAlertOptions {
  /** The uids of the data sources that answer queries about logs and traces. @default `loki` and `tempo` */
  readonly dataSources?: { readonly logs: string; readonly traces: string };
  /** The uid of Grafana's folder. @default "platform-alerts" */
  readonly folder?: string;
}

/**
 * A group of rules that Grafana evaluates, as far as Plinth writes one.
 *
 * @see https://grafana.github.io/grafana-operator/docs/api/#grafanaalertrulegroup
 */
interface GrafanaAlertRuleGroup {
  readonly apiVersion: "grafana.integreatly.org/v1beta1";
  readonly kind: "GrafanaAlertRuleGroup";
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly allowCrossNamespaceImport: true;
    readonly instanceSelector: { readonly matchLabels: LabelSet };
    readonly resyncPeriod: "10m0s";
    readonly name: string;
    readonly folderUID: string;
    readonly interval: string;
    readonly rules: readonly GrafanaRule[];
  };
}

interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly for: string;
  readonly noDataState: "OK";
  readonly execErrState: "Error";
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly data: readonly {
    readonly refId: string;
    readonly datasourceUid: string;
    readonly relativeTimeRange: { readonly from: number; readonly to: number };
    readonly model: Readonly<Record<string, unknown>>;
  }[];
}

// The platform's dashboards select the same Grafana; grafana-operator's own examples use this label.
const forGrafana = {
  allowCrossNamespaceImport: true,
  instanceSelector: { matchLabels: { dashboards: "grafana" } },
  resyncPeriod: "10m0s",
} as const;
const defaultFolder = "platform-alerts";
const evaluationInterval = "1m0s";
const lookBack = 600;

/**
 * The rules that Grafana evaluates, in the words of its operator. They fire into the Alertmanager of the platform, where Grafana is told to send its alerts
 * there: labels and annotations are those of every other alert, and so are routing, inhibition and hours.
 */
export function grafanaAlertRuleGroup(
  platform: Platform,
  namespace: string,
  owner: PlatformOwner,
  alerts: readonly QueryAlert[],
  { dataSources = { logs: "loki", traces: "tempo" }, folder = defaultFolder }: GrafanaAlertOptions = {},
): Resource {
  const group: GrafanaAlertRuleGroup = {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaAlertRuleGroup",
    metadata: { name: "platform-query-alerts", namespace },
    spec: {
      ...forGrafana,
      name: "platform-query-alerts",
      folderUID: folder,
      interval: evaluationInterval,
      rules: alerts.map((alert) => grafanaRule(platform, owner, alert, dataSources[alert.source])),
    },
  };
  return buildUntypedResource({ ...group });
}

/** The folder that the rules lie in. */
export function grafanaAlertFolder(namespace: string, { folder = defaultFolder }: GrafanaAlertOptions = {}): Resource {
  return buildUntypedResource({
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaFolder",
    metadata: { name: folder, namespace },
    spec: { ...forGrafana, title: "Platform alerts", uid: folder },
  });
}

/**
 * The panel that draws what the alert asks: by the address that messages show, and by the two words by which Grafana links a rule with a panel.
 *
 * @see https://grafana.com/docs/grafana/latest/alerting/alerting-rules/link-alert-rules-to-panels/
 */
function panelAnnotations(platform: Platform, uid: string, panel: PanelPlace): LabelSet {
  return {
    dashboard_url: dashboardUrl(platform, uid, { panel }),
    __dashboardUid__: uid,
    __panelId__: String(panelNumber(panel.row, panel.panel)),
  };
}

function grafanaRule(platform: Platform, owner: PlatformOwner, alert: QueryAlert, dataSource: string): GrafanaRule {
  const team = alert.owner === "namespace" ? undefined : alert.owner === "platform" ? owner.name : alert.owner.team;
  const named = Object.entries(alert.labels).map(([label, from]) => [
    label,
    `{{ index $labels ${JSON.stringify(from)} }}`,
  ]);
  const query =
    alert.source === "logs"
      ? { expr: alert.query, queryType: "instant" }
      : { query: alert.query, queryType: "traceql", metricsQueryType: "instant", tableType: "traces" };
  return {
    uid: `plinth-${alert.name.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase()}`,
    title: alert.name,
    condition: "above",
    for: alert.for,
    // Nothing logged is nothing wrong; a query that fails has an alert of Grafana's own.
    noDataState: "OK",
    execErrState: "Error",
    labels: { severity: alert.severity, ...(team === undefined ? {} : { team }), ...Object.fromEntries(named) },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      impact: alert.impact,
      runbook_url: runbookUrl(platform, alert.name),
      ...panelAnnotations(platform, platformDashboardUid(queryAlertTopic(alert)), alertPanel(alert.name)),
      [alert.source === "logs" ? "logs_query" : "traces_query"]: alert.query,
    },
    data: [
      {
        refId: "query",
        datasourceUid: dataSource,
        relativeTimeRange: { from: lookBack + (parseDuration(alert.for) ?? 0) / 1000, to: 0 },
        model: { refId: "query", ...query },
      },
      {
        refId: "above",
        // Grafana's own expressions: https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rules/queries-conditions/
        datasourceUid: "__expr__",
        relativeTimeRange: { from: 0, to: 0 },
        model: {
          refId: "above",
          type: "threshold",
          expression: "query",
          conditions: [{ type: "query", evaluator: { type: "gt", params: [alert.above] } }],
        },
      },
    ],
  };
}
