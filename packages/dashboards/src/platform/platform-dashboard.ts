import { once, type Platform } from "@plinth/core";
import {
  alertPanel,
  type DashboardVariable,
  linkedPanels,
  metric,
  type PlatformDashboardTopic,
  platformDashboardUid,
  runbookUrl,
  select,
} from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { Dashboard, LabelVariable, Row } from "../model/dashboard.ts";
import { link, taggedDashboards } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import { dataSource, labelVariable } from "../model/variable.ts";
import { PAGE_BURN_RATE } from "../service/promise-thresholds.ts";
import { type AlertPanel, type DrawnAlert, drawnAlert, variablesOfAlerts } from "./alert-panel.ts";
import type { OverviewPanel, Topic } from "./topic.ts";

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
  alerts: readonly AlertPanel[],
  promises: readonly PromisePanel[] = [],
): Dashboard {
  const own = alerts.filter((alert) => alert.topic === topic.name);
  const drawn = drawnAlerts(platform, own);
  const rows = [
    ...overviewRow(platform, topic),
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
    dataSources: [dataSource("prometheus")],
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

/** True when the platform runs software of that name, or a part of it. */
function runsSoftware({ components }: Platform, name: NonNullable<OverviewPanel["software"]>): boolean {
  return components.some(({ software }) => software === name || software.startsWith(`${name}-`));
}

function promiseRow({ subject }: PromisePanel): Row {
  const ofSubject = { sloth_service: subject };
  const legend = "{{sloth_slo}}";
  const { row: id, panel } = linkedPanels.burnRate;
  return row(
    "Promises and error budget",
    [
      timeseries("Burn rate", select(metric("slo:current_burn_rate:ratio"), ofSubject), {
        id: panel,
        unit: "short",
        legend,
        width: 12,
        min: 0,
        thresholds: badAbove({ warning: 1, bad: PAGE_BURN_RATE }),
        description: `How many times too fast the error budget is used up over the last five minutes: 1 uses it up exactly at the end of the period, ${PAGE_BURN_RATE} for an hour wakes somebody.`,
      }),
      timeseries("Error budget left", select(metric("slo:period_error_budget_remaining:ratio"), ofSubject), {
        unit: "percentunit",
        legend,
        width: 12,
        max: 1,
        description: "Share of the period's error budget that is left. Below 0 the promise is broken.",
      }),
    ],
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
