import type { Environment, Platform, Service, ServicePromise } from "@plinth/core";
import { dashboardUrl, runbookUrl, type ServedSpans, servedSpans, serviceDashboardUid } from "@plinth/metrics";
import { promisesOf } from "../promises/tier-promises.ts";
import { type AlertWindowPair, alertWindows } from "../sloth/alert-windows.ts";
import { days, fullBudgetDays } from "../sloth/burn-rate.ts";
import { indicatorOf } from "./indicator.ts";
import { percent } from "./percent.ts";
import { wordsOf } from "./promise-words.ts";
import type { BurnAlert, BurnAlerts, ServiceLevelObjective } from "./service-level-objective.ts";

const windows = alertWindows["30d"];
const periodDays = days(windows.period);

/**
 * The objectives that a service's promises mean in an environment: counted from its span metrics, over 30 days, with alerts for those that ask for
 * them. None for a service whose work cannot be counted.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const checkout = serviceNamed(platform, "checkout");
 * objectivesOf(platform, environmentNamed(platform, "production"), checkout).map(({ name }) => name); // ["availability", "latency"]
 */
export function objectivesOf(
  platform: Platform,
  environment: Environment,
  service: Service,
): readonly ServiceLevelObjective[] {
  const spans = servedSpans(service, environment);
  return spans === undefined
    ? []
    : promisesOf(service).map((promise) => objectiveOf(platform, environment, service, promise, spans));
}

function objectiveOf(
  platform: Platform,
  environment: Environment,
  service: Service,
  promise: ServicePromise,
  spans: ServedSpans,
): ServiceLevelObjective {
  return {
    service: service.name,
    name: promise.name,
    description: `${wordsOf(service, promise).promise}, over ${periodDays} days`,
    objective: promise.objective,
    indicator: indicatorOf(promise, spans),
    labels: { environment: environment.name, service: service.name, team: service.team, tier: service.tier },
    alerts: burnAlerts(platform, service, promise),
  };
}

function burnAlerts(platform: Platform, service: Service, promise: ServicePromise): BurnAlerts {
  const { alert, events, promise: promised, breaks } = wordsOf(service, promise);
  const summary = `{{ $value | humanizePercentage }} of the ${events} of ${service.name} ${breaks}; ${percent(100 - promise.objective)} may`;
  const burnAlert = (severity: "critical" | "warning", pair: AlertWindowPair): BurnAlert => ({
    labels: { severity },
    annotations: {
      summary,
      description: `At this rate the error budget of ${periodDays} days lasts ${fullBudgetDays(windows, pair)} days at most.`,
    },
  });
  return {
    name: alert,
    // The name of the promise: two latency promises of a service have alerts of one name.
    labels: { service: service.name, slo: promise.name, team: service.team },
    annotations: {
      impact: `${service.name} is about to break its promise: ${promised}.`,
      runbook_url: runbookUrl(platform, alert),
      dashboard_url: dashboardUrl(platform, serviceDashboardUid(service.name)),
    },
    ...(promise.alerts === "page-and-ticket" ? { page: burnAlert("critical", windows.page) } : {}),
    ...(promise.alerts === "none" ? {} : { ticket: burnAlert("warning", windows.ticket) }),
  };
}
