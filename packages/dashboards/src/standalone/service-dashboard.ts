import { rememberSource } from "@plinth/core";
import { serviceDashboardUid, teamDashboardUid } from "@plinth/metrics";
import type { Dashboard, Row } from "../model/dashboard.ts";
import { dashboardLink, logsLink, taggedDashboards, tracesLink } from "../model/link.ts";
import { standardRows, teamTag, serviceDashboard as viewedDashboard } from "../service/service-dashboard.ts";
import type { ServiceRow, ServiceView } from "../service/service-row.ts";
import { spansOf } from "../service/traceql.ts";
import { withChoices } from "./choices.ts";
import type { DescribedService, DescribedServiceOptions } from "./described-service.ts";
import { standaloneView } from "./standalone-view.ts";
import { unmadeRows } from "./unmade-rows.ts";

/**
 * A service's dashboard: what an alert's link opens. Panels by what the service is, links to its traces and logs, and to its team's other dashboards. In a
 * platform it is made of what the platform knows; in the service's own repository of what `defineService` says, and the reader chooses the environment.
 *
 * @param rows What it shows, from top to bottom: rows of the service's own beside those that are made for any. @default `standardRows()`
 * @param options Of a service that stands alone: what its definition does not say.
 * @returns A dashboard whose `findings` say what is wrong with the definition, and which rows have nothing to show.
 * @example
 * import { defineMetric, rate } from "@plinth/metrics";
 * const loyalty: DescribedService = { name: "loyalty", team: "backend", promises: [{ kind: "availability", objective: 99.5 }] };
 * const points = defineMetric({ name: "loyalty_points_total", type: "counter", unit: "count", labels: [], help: "Points that were booked." });
 * const booked = timeseries("Booked points", rate(points, "$__rate_interval"), { unit: "ops", description: "Points booked per second." });
 * serviceDashboard(loyalty, [redRow(), sloRow(), row("Bookings", [booked])], { metrics: [points] });
 */
export function serviceDashboard(service: ServiceView, rows?: readonly (Row | ServiceRow)[]): Dashboard;
export function serviceDashboard(
  service: DescribedService,
  rows?: readonly (Row | ServiceRow)[],
  options?: DescribedServiceOptions,
): Dashboard;
export function serviceDashboard(
  service: ServiceView | DescribedService,
  rows?: readonly (Row | ServiceRow)[],
  options: DescribedServiceOptions = {},
): Dashboard {
  if ("platform" in service) return viewedDashboard(service, rows);
  return rememberSource(describedDashboard(service, rows, options), serviceDashboard);
}

function describedDashboard(
  service: DescribedService,
  rows: readonly (Row | ServiceRow)[] | undefined,
  options: DescribedServiceOptions,
): Dashboard {
  const { view, findings } = standaloneView(service, options);
  const { uid = serviceDashboardUid(service.name), metrics = [] } = options;
  const about = { uid, service: service.name, metrics, title: `Service / ${service.name}` };
  if (view === undefined) return { ...emptyDashboard, ...about, findings };
  const made = viewedDashboard(view, rows ?? standardRows());
  const dashboard = withChoices(
    { ...made, ...about, description: descriptionOf(service, options), links: linksOf(service) },
    service.name,
    options,
  );
  // Who asks for rows wants them; of the standard ones those that have nothing to show are left out.
  const unmade = rows === undefined ? [] : unmadeRows(rows, view, service);
  return { ...dashboard, findings: [...findings, ...unmade] };
}

const emptyDashboard: Omit<Dashboard, "uid" | "title"> = {
  description: "",
  tags: [],
  timeRange: "3h",
  refresh: "1m",
  dataSources: [],
  links: [],
  rows: [],
  exclusions: [],
};

function descriptionOf({ team, tier = "high" }: DescribedService, { description }: DescribedServiceOptions): string {
  const does = description === undefined ? "" : `${description.replace(/[.\s]+$/, "")}. `;
  return `${does}Tier ${tier}, owned by the team ${team}.`;
}

function linksOf({ name, team }: DescribedService): Dashboard["links"] {
  return [
    tracesLink("Traces", spansOf(name), { description: `Traces that pass through ${name}.` }),
    logsLink("Logs", `{service_name=${JSON.stringify(name)}}`, { description: `What ${name} logs.` }),
    dashboardLink(`Team ${team}`, teamDashboardUid(team), { description: "The team's services at a glance." }),
    taggedDashboards("Other services", [teamTag(team)], { description: "The other dashboards of the team." }),
  ];
}
