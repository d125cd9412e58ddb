import { type Platform, type Service, teamNamed } from "@plinth/core";
import { runbookUrl, serviceDashboardUid, teamDashboardUid } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { Dashboard, Link, Row } from "../model/dashboard.ts";
import { dashboardLink, link, logsLink, taggedDashboards, tracesLink } from "../model/link.ts";
import { dataSource } from "../model/variable.ts";
import { consumerRow } from "./consumer-row.ts";
import { dependencyRow } from "./dependency-row.ts";
import { healthRow } from "./health-row.ts";
import { redRow } from "./red-row.ts";
import { resourceRow } from "./resource-row.ts";
import { runtimeRow } from "./runtime-row.ts";
import { serviceAnnotations } from "./service-annotations.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import { sloRow } from "./slo-row.ts";
import { logsRow, tracesRow } from "./telemetry-rows.ts";
import { spansOf } from "./traceql.ts";

/**
 * The rows that every service gets, as far as it has something to show in them, in the order in which one asks at night: is it broken, what does it do to others, what is
 * promised, whose fault is it, what do traces and logs say, what do its pods lack.
 */
export function standardRows(): readonly ServiceRow[] {
  return [
    healthRow(),
    redRow(),
    consumerRow(),
    sloRow(),
    dependencyRow(),
    tracesRow(),
    logsRow(),
    resourceRow(),
    runtimeRow(),
  ];
}

/**
 * A service's dashboard: what an alert's link opens. Panels by what the service is, links to its traces, logs and runbooks, and to its team's
 * other dashboards.
 *
 * @param rows What it shows, from top to bottom: rows of the service's own beside those that are made for any. @default `standardRows()`
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * import { increase, metric } from "@plinth/metrics";
 * const platform = examplePlatform();
 * const [environment] = platform.environments;
 * const [service] = platform.services;
 * if (environment && service) {
 *   const restarts = timeseries("Restarts", increase(metric("kube_pod_container_status_restarts_total"), "$__rate_interval"), { unit: "short", description: "Restarts of every pod." });
 *   dashboardJson(serviceDashboard({ platform, environment, service }, [redRow(), sloRow(), row("Restarts", [restarts])]));
 * }
 */
export function serviceDashboard(view: ServiceView, rows: readonly (Row | ServiceRow)[] = standardRows()): Dashboard {
  const { platform, service } = view;
  const team = teamNamed(platform, service.team);
  return {
    uid: serviceDashboardUid(service.name),
    title: `Service / ${service.name}`,
    description: `${sentence(service.description)}Tier ${service.tier}, owned by the team ${team.name} (${team.contact.chat}).`,
    tags: ["plinth", "service", teamTag(team.name), `tier:${service.tier}`],
    timeRange: "3h",
    refresh: "1m",
    dataSources: [dataSource("prometheus"), dataSource("loki"), dataSource("tempo")],
    links: serviceLinks(platform, service),
    annotations: serviceAnnotations(view),
    rows: rows.flatMap((made) => (typeof made === "function" ? (made(view) ?? []) : made)),
    exclusions: serviceExclusions,
  };
}

/** The tag that every dashboard of a team carries. */
export function teamTag(team: string): string {
  return `team:${team}`;
}

function sentence(text: string | undefined): string {
  return text === undefined ? "" : `${text.replace(/[.\s]+$/, "")}. `;
}

function serviceLinks(platform: Platform, service: Service): readonly Link[] {
  return [
    tracesLink("Traces", spansOf(service.name), { description: `Traces that pass through ${service.name}.` }),
    logsLink("Logs", `{service_name=${JSON.stringify(service.name)}}`, { description: `What ${service.name} logs.` }),
    // The folder of any alert's runbook is that of all.
    link("Runbooks", new URL(".", runbookUrl(platform, "any")).href, { description: "What to do, for each alert." }),
    dashboardLink(`Team ${service.team}`, teamDashboardUid(service.team), {
      description: "The team's services at a glance.",
    }),
    taggedDashboards("Other services", [teamTag(service.team)], {
      description: "The other dashboards of the team.",
    }),
  ];
}

const byService = "the dashboard is about one service: its name and namespace stand in the queries";

const serviceExclusions: readonly LintExclusion[] = [
  { rule: "template-job", because: byService },
  { rule: "template-instance", because: byService },
  { rule: "target-job", because: byService },
  { rule: "target-instance", because: byService },
];
