import type { ServicePromise, Tier } from "@plinth/core";
import { indicatorOf } from "../indicators/indicator-of.ts";
import type { RequestPlace } from "../indicators/requests.ts";
import { periodText } from "../meaning/meaning-text.ts";
import { additionalAlertNames } from "../rules/additional-rules.ts";
import type { AlertWindowPair } from "../sloth/alert-windows.ts";
import { fullBudgetDays } from "../sloth/burn-rate.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { extrasOf } from "./extras-of.ts";
import { percent } from "./percent.ts";
import { wordsOf } from "./promise-words.ts";
import type { BurnAlert, BurnAlerts, ServiceLevelObjective } from "./service-level-objective.ts";

/** Whose promise it is, and where people look. */
export interface ObjectiveOwner {
  readonly place: RequestPlace;
  readonly team: string;
  readonly tier: Tier;
  /** The page of an alert. */
  readonly runbook?: (alert: string) => string;
  /** The panel of what burns. */
  readonly dashboard?: string;
  /** One of its promises in detail. A ticket tells of days: it leads there. @default `dashboard` */
  readonly detail?: (slo: string) => string;
}

/** A promise as something that can be measured; `undefined` where the source that it names counts nothing of the sort. */
export function objectiveOf(promise: ServicePromise, owner: ObjectiveOwner): ServiceLevelObjective | undefined {
  const { service, environment } = owner.place;
  const indicator = indicatorOf(promise, owner.place);
  if (indicator === undefined) return undefined;
  const period = promise.period ?? "30d";
  const extras = extrasOf(promise, service, annotationsOf(promise, owner));
  return {
    service,
    name: promise.name,
    description: `${words(promise, owner).promise}, over ${periodText(period)}`,
    objective: promise.objective,
    indicator,
    ...(promise.period === undefined ? {} : { period }),
    labels: {
      ...(environment === undefined ? {} : { environment }),
      service,
      team: owner.team,
      tier: owner.tier,
    },
    alerts: burnAlerts(promise, owner, period),
    ...(Object.keys(extras).length === 0 ? {} : { extras }),
  };
}

function words(promise: ServicePromise, { place }: ObjectiveOwner): ReturnType<typeof wordsOf> {
  return wordsOf(promise, { consumes: place.spanKind === "SPAN_KIND_CONSUMER" });
}

function burnAlerts(promise: ServicePromise, owner: ObjectiveOwner, period: string): BurnAlerts {
  const { service } = owner.place;
  const windows = windowsFor(period);
  const { alert, events, breaks } = words(promise, owner);
  const whose =
    promise.by === undefined
      ? service
      : `${service} (${promise.by.map((label) => `${label} {{ $labels.${label} }}`).join(", ")})`;
  const summary = `{{ $value | humanizePercentage }} of the ${events} of ${whose} ${breaks}; ${percent(100 - promise.objective)} may`;
  const burnAlert = (severity: "critical" | "warning", pair: AlertWindowPair): BurnAlert => ({
    labels: { severity },
    annotations: {
      summary,
      description: `At this rate the error budget of ${periodText(period)} lasts ${fullBudgetDays(windows, pair)} days at most.`,
    },
  });
  return {
    name: alert,
    // The name of the promise: two latency promises of a service have alerts of one name.
    labels: { service, slo: promise.name, team: owner.team },
    annotations: annotationsOf(promise, owner)(alert),
    ...(promise.alerts === "page-and-ticket" ? { page: burnAlert("critical", windows.page) } : {}),
    ...(promise.alerts === "none" ? {} : { ticket: ticketOf(burnAlert("warning", windows.ticket), promise, owner) }),
  };
}

/** A ticket is about burn of hours and days, which the dashboard of what happens now does not show. */
function ticketOf({ labels, annotations }: BurnAlert, { name }: ServicePromise, { detail }: ObjectiveOwner): BurnAlert {
  return { labels, annotations: { ...annotations, ...(detail === undefined ? {} : { dashboard_url: detail(name) }) } };
}

const brokenOrNot: Readonly<Record<string, string>> = {
  [additionalAlertNames.absent]: "may be breaking its promise, and nothing would show it",
  [additionalAlertNames.exhausted]: "has broken its promise",
};

/** What the alerts of a promise say of what it means and where to look. */
function annotationsOf(
  promise: ServicePromise,
  owner: ObjectiveOwner,
): (alert: string) => Readonly<Record<string, string>> {
  const { promise: promised } = words(promise, owner);
  return (alert) => ({
    impact: `${owner.place.service} ${brokenOrNot[alert] ?? "is about to break its promise"}: ${promised}.`,
    ...(owner.runbook === undefined ? {} : { runbook_url: owner.runbook(alert) }),
    ...(owner.dashboard === undefined ? {} : { dashboard_url: owner.dashboard }),
  });
}
