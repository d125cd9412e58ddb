import type { Service } from "@plinth/core";
import {
  count,
  divide,
  linkedPanels,
  max,
  metric,
  min,
  multiply,
  oneOf,
  panelNumber,
  select,
  servedSpanKind,
  serviceDashboardUid,
  spanMetrics,
  subtract,
  sum,
  time,
} from "@plinth/metrics";
import type { Panel, UrlLink } from "../model/dashboard.ts";
import { link } from "../model/link.ts";
import { stat } from "../model/panel.ts";
import { column, table } from "../model/panel-table.ts";
import { alertList } from "../model/panel-words.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove, badBelow } from "../model/thresholds.ts";
import { budgetLeft, burnOfHour } from "../slo/budget-queries.ts";
import { budgetThresholds } from "../slo/promise-panels.ts";
import { alertsOverTime } from "./alerts-over-time.ts";
import { messageWords } from "./consumer-row.ts";
import { burnThresholds, errorThresholds, promisedLatency, thresholdsOfLatency } from "./promise-thresholds.ts";
import { requestWords } from "./red-row.ts";
import { servicePods } from "./service-pods.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import { measuredPromises, slosOf } from "./slo-row.ts";
import { thresholdsOf } from "./span-panels.ts";
import { spanErrorRatio, spanQuantile, spanRate, spansOfKind } from "./span-queries.ts";

const width = 4;

/**
 * What one wants to know first: is it broken, since when, and what changed. Numbers of now against what is promised, the alerts that fire and since when they do, and
 * which versions run. Its links lead to panels of `redRow`, `consumerRow` and `sloRow`: those belong on the same dashboard.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * healthRow()(view)?.panels.map(({ title }) => title).slice(0, 3); // ["Requests", "Request errors", "Latency, p95"]
 */
export function healthRow(): ServiceRow {
  return (view) =>
    row(
      "Is it broken, since when?",
      [...servedNumbers(view), ...budgetNumbers(view), podsReady(view), ...alertsAndVersions(view)],
      { id: "health" },
    );
}

/** Rate, errors and duration of what it does for others now; of what nobody waits for, when it last succeeded. */
function servedNumbers(view: ServiceView): readonly Panel[] {
  const { service } = view;
  const kind = servedSpanKind(service);
  if (kind === undefined) return scheduledNumbers(view);
  const spans = spansOfKind(view, kind);
  const requests = kind === spanMetrics.kinds.server;
  const words = requests ? requestWords : messageWords;
  const [rateOf, errorsOf, durationOf] = requests
    ? [linkedPanels.requestRate, linkedPanels.requestErrors, linkedPanels.requestDuration]
    : [linkedPanels.messageRate, linkedPanels.messageErrors, linkedPanels.messageDuration];
  const latency = promisedLatency(service);
  const history = ({ row: rowId, panel }: { readonly row: string; readonly panel: string }): readonly UrlLink[] => [
    link("Since when?", `/d/${serviceDashboardUid(service.name)}?viewPanel=panel-${panelNumber(rowId, panel)}`, {
      description: "The same over time.",
      keepTime: true,
    }),
  ];
  return [
    stat(words.things, spanRate(spans), {
      id: "rate",
      unit: words.unit,
      width,
      links: history(rateOf),
      description: `${words.things} per second now. None, or far fewer than usual, is an outage, too: look at whoever sends them.`,
    }),
    stat(words.errors, spanErrorRatio(spans), {
      id: "errors",
      unit: "percentunit",
      width,
      decimals: 2,
      ...thresholdsOf(errorThresholds(service)),
      links: history(errorsOf),
      description: `Share of ${words.things.toLowerCase()} that fail now. Orange uses up the error budget faster than it is given, red wakes somebody: look which operation or dependency fails, and at the newest version.`,
    }),
    stat(`${words.duration}, ${latency.name}`, spanQuantile(latency.quantile, spans), {
      id: "duration",
      unit: "s",
      width,
      ...thresholdsOf(thresholdsOfLatency(latency)),
      links: history(durationOf),
      description: `${latency.percent} of 100 take less time now. Red is slower than promised: look at the dependencies first, then at throttled CPU and memory.`,
    }),
  ];
}

/** A worker that nobody calls may be a CronJob of the service's name. */
function scheduledNumbers({ platform, service }: ServiceView): readonly Panel[] {
  const { namespace } = servicePods({ platform, service });
  const of = { namespace, cronjob: service.name };
  const failed = multiply(
    select(metric("kube_job_failed"), { namespace, condition: "true" }),
    select(metric("kube_job_owner"), { namespace, owner_kind: "CronJob", owner_name: service.name }),
    { on: ["namespace", "job_name"], groupLeft: [] },
  );
  return [
    stat("Last success", subtract(time(), max(select(metric("kube_cronjob_status_last_successful_time"), of))), {
      unit: "dtdurations",
      width,
      description:
        "How long ago its CronJob last succeeded. Longer than its schedule: look at the newest Job and its log. Empty for a worker that runs all the time.",
    }),
    stat("Due", subtract(max(select(metric("kube_cronjob_next_schedule_time"), of)), time()), {
      unit: "dtdurations",
      width,
      thresholds: badBelow({ warning: 0, bad: -600 }),
      description:
        "How long until its CronJob is due; below 0 it should have started. Suspended, or the last run still goes on? Empty for a worker that runs all the time.",
    }),
    stat("Failed jobs", sum(failed), {
      unit: "short",
      width,
      thresholds: badAbove({ bad: 1 }),
      description: "Jobs of its CronJob that are there and failed. Read the log of the newest before it is cleaned up.",
    }),
  ];
}

function budgetNumbers(view: ServiceView): readonly Panel[] {
  if (measuredPromises(view.service).length === 0) return [];
  const of = slosOf(view);
  const details: readonly UrlLink[] = [
    link("Promises", `/d/${serviceDashboardUid(view.service.name)}?viewPanel=panel-${panelNumber("slo", "promises")}`, {
      description: "Each promise by itself.",
      keepTime: true,
    }),
  ];
  return [
    stat("Budget left", min(budgetLeft(of)), {
      unit: "percentunit",
      width,
      decimals: 1,
      thresholds: budgetThresholds,
      links: details,
      description:
        "What is left of the error budget of the promise that has least. Below 25 % risky changes wait; below 0 the promise is broken.",
    }),
    stat("Burn, 1 h", max(burnOfHour(of)), {
      unit: "short",
      width,
      decimals: 1,
      thresholds: burnThresholds,
      links: details,
      description:
        "How many times too fast the budget burned over the last hour, of the promise that burns fastest. Above 14.4 somebody is woken; above 1 the budget does not last.",
    }),
  ];
}

function podsReady({ platform, service }: ServiceView): Panel {
  const { namespace, of } = servicePods({ platform, service });
  const ready = sum(of(select(metric("kube_pod_status_ready"), { namespace, condition: "true" })));
  const wanted = sum(of(select(metric("kube_pod_status_phase"), { namespace, phase: oneOf("Pending", "Running") })));
  return stat("Pods ready", divide(ready, wanted), {
    unit: "percentunit",
    width,
    thresholds: badBelow({ warning: 1, bad: 0.5 }),
    description:
      "Share of the pods that take work, of those that run or should. Below 100 % for long is a rollout that hangs, a pod that crashes, or a cluster that is full: see Resources.",
  });
}

function alertsAndVersions({ platform, service }: ServiceView): readonly Panel[] {
  const { namespace, of } = servicePods({ platform, service });
  const third = { width: 8, height: 6 } as const;
  return [
    alertList("Firing alerts", `{service=${JSON.stringify(service.name)}}`, {
      ...third,
      description:
        "Alerts about this service that fire or are about to. Each leads to its runbook: begin with the first critical one.",
    }),
    alertsOverTime({ service: service.name }, promisesAlert(service) ? ["alertname", "slo"] : ["alertname"], {
      ...third,
      description: "Since when each alert holds: compare the beginning with the marks of versions and rollouts.",
    }),
    table(
      "Versions",
      [query("pods", count(of(select(metric("kube_pod_container_info"), { namespace })), { by: ["image"] }))],
      {
        ...third,
        unit: "short",
        columns: [column("Image", { label: "image" }), column("Containers", { query: "pods" })],
        sortBy: "Containers",
        description:
          "Images that run now. Two of one name are a rollout on its way: if the trouble began with it, roll back first and look for the cause later.",
      },
    ),
  ];
}

/** Whether a promise of the service has alerts, whose label says which promise it is. */
function promisesAlert(service: Service): boolean {
  return measuredPromises(service).some(({ alerts }) => alerts !== "none");
}
