import type { Service } from "@plinth/core";
import {
  bucketsOf,
  count,
  type Expression,
  histogramQuantile,
  labelReplace,
  max,
  metric,
  min,
  oneOf,
  or,
  rate,
  select,
  servedSpanKind,
  serviceDashboardUid,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { Panel, UrlLink } from "../model/dashboard.ts";
import { dashboardLink } from "../model/link.ts";
import { column, table } from "../model/panel-table.ts";
import { alertList } from "../model/panel-words.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { badAbove } from "../model/thresholds.ts";
import { alertsOverTime } from "../service/alerts-over-time.ts";
import { burnThresholds } from "../service/promise-thresholds.ts";
import { shareOf } from "../service/span-queries.ts";
import { budgetLeft, burnOfHour } from "../slo/budget-queries.ts";
import { budgetThresholds } from "../slo/promise-panels.ts";
import { servicesOf, type TeamRow, type TeamView } from "./team-row.ts";

const window = "$__rate_interval";
const by = [spanMetrics.labels.service] as const;

/**
 * The team's services at a glance, a line for each, with the way to its dashboard; and the team's alerts. None for a team without a service in the environment.
 *
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamServicesRow()(view)?.panels.map(({ title }) => title); // ["Services", "Open alerts", "Alerts over time"]
 */
export function teamServicesRow(): TeamRow {
  return (view) => {
    const services = servicesOf(view);
    return services.length === 0
      ? undefined
      : row("Services at a glance", [servicesTable(view, services), ...alertPanels(view)], { id: "services" });
  };
}

function servicesTable(view: TeamView, services: readonly Service[]): Panel {
  const served = servedOf(view, services);
  const of = { environment: view.environment.name, team: view.team.name };
  const firing = select(metric("ALERTS"), {
    team: view.team.name,
    alertstate: "firing",
    service: oneOf(...services.map(({ name }) => name)),
  });
  return table(
    "Services",
    [
      ...(served === undefined
        ? []
        : [
            query("rate", served.rate),
            query("errors", shareOf(served.errors, served.rate)),
            query("duration", served.duration),
          ]),
      query("left", min(calledService(budgetLeft(of), "sloth_service"), { by })),
      query("burn", max(calledService(burnOfHour(of), "sloth_service"), { by })),
      query("alerts", count(calledService(firing, "service"), { by })),
    ],
    {
      unit: "short",
      decimals: 2,
      height: 4 + services.length,
      columns: [
        column("Service", { label: spanMetrics.labels.service }, { link: byName }),
        ...(served === undefined
          ? []
          : [
              column("Requests", { query: "rate" }, { unit: "reqps" }),
              column("Errors", { query: "errors" }, { unit: "percentunit" }),
              column("p95", { query: "duration" }, { unit: "s" }),
            ]),
        column("Budget left", { query: "left" }, { unit: "percentunit", thresholds: budgetThresholds }),
        column("Burn, 1 h", { query: "burn" }, { thresholds: burnThresholds }),
        column("Alerts", { query: "alerts" }, { thresholds: badAbove({ bad: 1 }) }),
      ],
      sortBy: "Burn, 1 h",
      links: longNamed(services),
      description:
        "What each service does for others now, what is left of the error budget of the promise that has least, how fast it burned over the last hour, and how many alerts fire. A click on the name leads to the service's dashboard.",
    },
  );
}

const byName: UrlLink = dashboardLink("Service", serviceDashboardUid("${__value.text}"), {
  description: "The service's dashboard.",
});

/** A long name is not the end of its dashboard's uid: such a service has a link of its own. */
function longNamed(services: readonly Service[]): readonly UrlLink[] {
  return services.flatMap(({ name }) =>
    serviceDashboardUid(name) === `service-${name}`
      ? []
      : [dashboardLink(name, serviceDashboardUid(name), { description: `The dashboard of ${name}.` })],
  );
}

interface ServedNumbers {
  readonly rate: Expression;
  readonly errors: Expression;
  readonly duration: Expression;
}

/** Rate, errors and duration of what services do for others: requests of those that answer, messages of those that only read. */
function servedOf({ environment }: TeamView, services: readonly Service[]): ServedNumbers | undefined {
  const parts = [...Map.groupBy(services, servedSpanKind)].flatMap(([kind, same]): ServedNumbers[] => {
    if (kind === undefined) return [];
    const matchers = {
      deployment_environment_name: environment.name,
      service_name: oneOf(...same.map(({ name }) => name)),
      span_kind: kind,
    };
    const failures = { ...matchers, status_code: spanMetrics.statuses.error };
    const buckets = sum(rate(select(bucketsOf(spanMetrics.duration), matchers), window), { by: ["le", ...by] });
    return [
      {
        rate: sum(rate(select(spanMetrics.calls, matchers), window), { by }),
        errors: sum(rate(select(spanMetrics.calls, failures), window), { by }),
        duration: histogramQuantile(0.95, buckets),
      },
    ];
  });
  return parts.length === 0
    ? undefined
    : parts.reduce((all, part) => ({
        rate: or(all.rate, part.rate),
        errors: or(all.errors, part.errors),
        duration: or(all.duration, part.duration),
      }));
}

/** Series whose service stands in another label, with the label that the span metrics have. */
function calledService(series: Expression, label: string): Expression {
  return labelReplace(series, { to: spanMetrics.labels.service, replacement: "$1", from: label, matches: "(.+)" });
}

function alertPanels({ team }: TeamView): readonly Panel[] {
  return [
    alertList("Open alerts", `{team=${JSON.stringify(team.name)}}`, {
      description:
        "Alerts that reach the team and fire or are about to. Each leads to its runbook: begin with the critical ones.",
    }),
    alertsOverTime({ team: team.name }, ["alertname", "service"], {
      description: "Since when each alert holds. One that comes and goes all day needs another threshold, or a cure.",
    }),
  ];
}
