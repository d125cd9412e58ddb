import {
  count,
  countOverTime,
  divide,
  increase,
  lastOverTime,
  max,
  metric,
  multiply,
  oneOf,
  over,
  select,
  sum,
} from "@plinth/metrics";
import type { Panel } from "../../model/dashboard.ts";
import { stat, timeseries } from "../../model/panel.ts";
import { column, table } from "../../model/panel-table.ts";
import { query } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import type { TopicRow } from "./topic-row.ts";

const applied = { dry_run: "false" } as const;
const syncs = metric("argocd_app_sync_total");
const succeeded = select(syncs, { ...applied, phase: "Succeeded" });
const failed = select(syncs, { ...applied, phase: oneOf("Failed", "Error") });
const ended = select(syncs, { ...applied, phase: oneOf("Succeeded", "Failed", "Error") });
const paging = select(metric("ALERTS"), { alertstate: "firing", severity: "critical" });
const STEP_SECONDS = 300;
const SECONDS_OF_A_DAY = 86_400;

/**
 * Three of the four figures; the time from a commit to its deployment is in no metric of Argo CD.
 *
 * @see https://dora.dev/guides/dora-metrics-four-keys/
 */
const figures: readonly Panel[] = [
  stat("Deployments a day", divide(sum(increase(succeeded, "7d")), 7), {
    unit: "short",
    decimals: 1,
    width: 8,
    legend: "a day",
    description:
      "Deployment frequency: syncs that changed the cluster and succeeded, a day, over the last week. A sync that applies several commits counts once.",
  }),
  stat("Deployments that fail", divide(sum(increase(failed, "7d")), sum(increase(ended, "7d"))), {
    unit: "percentunit",
    width: 8,
    legend: "failed",
    thresholds: badAbove({ warning: 0.05, bad: 0.15 }),
    description:
      "Change failure rate: share of the syncs of the last week that failed. A change that was applied and broke something shows as an alert, not here.",
  }),
  stat(
    "Time to restore",
    divide(
      multiply(sum(countOverTime(over(paging, "30d", { step: "5m" }))), STEP_SECONDS),
      count(lastOverTime(over(paging, "30d", { step: "5m" }))),
    ),
    {
      unit: "s",
      width: 8,
      legend: "mean",
      thresholds: badAbove({ warning: 3_600, bad: SECONDS_OF_A_DAY }),
      description:
        "Time to restore service: how long alerts that page fired in the last 30 days, for each alert that did. An alert that fired twice counts once, with both times.",
    },
  ),
  timeseries("Deployments by project", sum(increase(succeeded, "1d"), { by: ["project"] }), {
    unit: "short",
    width: 12,
    min: 0,
    stacked: true,
    legend: "{{project}}",
    description: "Syncs that succeeded in the day before each moment. A team's project is plinth-<team>.",
  }),
  timeseries("Failed deployments by project", sum(increase(failed, "1d"), { by: ["project"] }), {
    unit: "short",
    width: 12,
    min: 0,
    stacked: true,
    legend: "{{project}}",
    description: "Syncs that failed in the day before each moment: the application's page in Argo CD says why.",
  }),
];

const applications: readonly Panel[] = [
  table(
    "Applications that are not as they should be",
    [
      query(
        "unsynced",
        max(select(metric("argocd_app_info"), { sync_status: oneOf("OutOfSync", "Unknown") }), {
          by: ["name", "project", "sync_status", "health_status"],
        }),
      ),
      query(
        "unhealthy",
        max(
          select(metric("argocd_app_info"), { health_status: oneOf("Degraded", "Missing", "Unknown", "Progressing") }),
          {
            by: ["name", "project", "sync_status", "health_status"],
          },
        ),
      ),
    ],
    {
      unit: "short",
      decimals: 0,
      height: 10,
      description:
        "Applications that differ from Git, or do not work; no line where there are none. In production one that is OutOfSync waits for somebody to press sync.",
      columns: [
        column("Application", { label: "name" }),
        column("Project", { label: "project" }),
        column("Sync", { label: "sync_status" }),
        column("Health", { label: "health_status" }),
      ],
    },
  ),
];

/** How changes reach the cluster. */
export const deliveryRows: readonly TopicRow[] = [
  { topic: "delivery", id: "dora", title: "How well changes arrive", software: "argocd", panels: () => figures },
  { topic: "delivery", id: "applications", title: "Each application", software: "argocd", panels: () => applications },
];
