import { once, type Platform, runsSoftware } from "@plinth/core";
import {
  alertPanel,
  type DashboardVariable,
  linkedPanels,
  type PlatformDashboardTopic,
  platformDashboardUid,
  runbookUrl,
} from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { Dashboard, LabelVariable, Row } from "../model/dashboard.ts";
import { link, taggedDashboards } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { dataSource, labelVariable } from "../model/variable.ts";
import { budgetPanel, burnRatePanel, sloOverviewLink } from "../slo/promise-panels.ts";
import { type AlertPanel, type DrawnAlert, drawnAlert, variablesOfAlerts } from "./alert-panel.ts";
import { drawnQueryAlert, type QueryAlertPanel } from "./query-alert-panel.ts";
import { topicRows } from "./rows/all-rows.ts";
import type { Topic } from "./topic.ts";

/** The panel of an alert: of Prometheus, or of Grafana on logs and traces. */
export type AnyAlertPanel = AlertPanel | QueryAlertPanel;

/** Something that the platform promises about itself, and on which dashboard it is seen. */
export interface PromisePanel {
  readonly topic: PlatformDashboardTopic;
  /** `sloth_service` of its series: `kubernetes-api`. */
  readonly subject: string;
}

/**
 * A dashboard about a part of the platform: what is seen at a glance, what the platform promises, and for each alert what it measures with its threshold.
 *
 * @param alerts The alerts of the topic; those of other topics are left out. One that stands there several times, because teams have it otherwise, has one panel.
 */
export function platformDashboard(
  platform: Platform,
  topic: Topic,
  alerts: readonly AnyAlertPanel[],
  promises: readonly PromisePanel[] = [],
): Dashboard {
  const all = alerts.filter((alert) => alert.topic === topic.name);
  const own = all.flatMap((alert) => ("asks" in alert ? [] : [alert]));
  const asking = all.flatMap((alert) => ("asks" in alert ? [alert] : []));
  const drawn = [...drawnAlerts(platform, own), ...asking.map((alert) => drawnQueryAlert(platform, alert))];
  const rows = [
    ...overviewRow(platform, topic),
    ...detailRows(platform, topic),
    ...promises.filter((promise) => promise.topic === topic.name).map(promiseRow),
    ...(drawn.length === 0 ? [] : [alertsRow(drawn, variablesOfAlerts(own))]),
  ];
  return {
    uid: platformDashboardUid(topic.name),
    title: `Platform / ${topic.title}`,
    description: topic.description,
    tags: [...tags, `topic:${topic.name}`],
    timeRange: "6h",
    refresh: "1m",
    dataSources: [...new Set(["prometheus" as const, ...asking.map(({ asks }) => asks)])].map(dataSource),
    links: [
      // The folder of any alert's runbook is that of all.
      link("Runbooks", new URL(".", runbookUrl(platform, "any")).href, { description: "What to do, for each alert." }),
      taggedDashboards("Platform", tags, { description: "The other dashboards of the platform." }),
    ],
    rows,
    exclusions: [...exclusionsOf(rows), ...drawn.flatMap(({ exclusions }) => exclusions)],
  };
}

const tags = ["plinth", "platform"];

/** One panel for each name. */
function drawnAlerts(platform: Platform, alerts: readonly AlertPanel[]): readonly DrawnAlert[] {
  return [...Map.groupBy(alerts, ({ alert }) => alert).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [drawAlerts(platform, first, ...others)],
  );
}

/** Environments that share an alert share its panel. */
const drawAlerts = once((platform: Platform, first: AlertPanel, ...others: readonly AlertPanel[]) =>
  drawnAlert(platform, [first, ...others]),
);

function alertsRow(drawn: readonly DrawnAlert[], variables: readonly DashboardVariable[]): Row {
  return row(
    "What alerts watch",
    drawn.map(({ panel }) => panel),
    { id: alertPanel("any").row, variables: variables.map((name) => choices[name]) },
  );
}

const choices: Readonly<Record<DashboardVariable, LabelVariable>> = {
  namespace: labelVariable("Namespace", "kube_namespace_status_phase", "namespace", {
    description: "Only what is in these namespaces, in the panels of alerts.",
  }),
  node: labelVariable("Node", "kube_node_info", "node", { description: "Only these nodes, in the panels of alerts." }),
  instance: labelVariable("Instance", "node_uname_info", "instance", {
    description: "Only these machines, in the panels of alerts.",
  }),
};

function overviewRow(platform: Platform, { overview }: Topic): readonly Row[] {
  const panels = overview
    .filter(({ software }) => software === undefined || runsSoftware(platform, software))
    .map(({ title, asks, software: _, ...options }) => timeseries(title, asks, options));
  return panels.length === 0 ? [] : [row("At a glance", panels, { id: "overview" })];
}

function detailRows(platform: Platform, { name }: Topic): readonly Row[] {
  return topicRows.flatMap(({ topic, id, title, software, panels }) => {
    if (topic !== name || (software !== undefined && !runsSoftware(platform, software))) return [];
    const drawn = panels(platform);
    return drawn.length === 0 ? [] : [row(title, drawn, { id })];
  });
}

function promiseRow({ subject }: PromisePanel): Row {
  const of = { sloth_service: subject };
  const drawn = { legend: "{{sloth_slo}}", width: 12, links: [sloOverviewLink] };
  const { row: id, panel } = linkedPanels.burnRate;
  return row(
    "Promises and error budget",
    [burnRatePanel(of, { ...drawn, id: panel }), budgetPanel(of, { ...drawn, id: "error-budget-left" })],
    { id },
  );
}

const allTargets =
  "the panels are about all that there is, as the alerts are: what is narrowed is the object, not what was scraped for it";

function exclusionsOf(rows: readonly Row[]): readonly LintExclusion[] {
  const choosesInstance = rows.some(({ variables }) => variables.includes(choices.instance));
  return [
    { rule: "template-job", because: allTargets },
    ...(choosesInstance ? [] : [{ rule: "template-instance" as const, because: allTargets }]),
    { rule: "target-job", because: allTargets },
    { rule: "target-instance", because: allTargets },
  ];
}
