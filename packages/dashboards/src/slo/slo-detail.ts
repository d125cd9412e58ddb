import {
  matching,
  max,
  metric,
  multiply,
  oneOf,
  or,
  rate,
  select,
  sloDashboardUids,
  spanMetrics,
  subtract,
  sum,
} from "@plinth/metrics";
import { annotation } from "../model/annotation.ts";
import type { Dashboard, Row, TimeseriesPanel } from "../model/dashboard.ts";
import { taggedDashboards } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { alertList } from "../model/panel-words.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { dataSource } from "../model/variable.ts";
import { badEvents, errorBudget } from "./budget-queries.ts";
import { oneSlo, oneSloVariables, sloExclusions } from "./chosen-slos.ts";
import {
  budgetPanel,
  burnByWindowPanel,
  burnRatePanel,
  calendarPanel,
  promiseTable,
  sloOverviewLink,
} from "./promise-panels.ts";

const of = oneSlo;
const legend = "{{sloth_slo}}";
const width = 12;
const firing = { service: "$service", slo: "$slo" } as const;

/**
 * One promise in detail: what is kept of it, how fast its budget burns over every window that an alert looks at, the budget over its period and over the month or
 * quarter, and good and bad events. The variables `service` and `slo` choose it, as `sloDashboardUids` says; it is the same in every environment.
 *
 * @example
 * sloDetailDashboard().rows.map(({ title }) => title); // ["Promise", "Burn", "Budget", "Events"]
 */
export function sloDetailDashboard(): Dashboard {
  return {
    uid: sloDashboardUids.detail,
    title: "SLO / Detail",
    description: "One promise: what is kept of it, how fast its error budget burns, and how long it lasts.",
    tags: ["plinth", "slo"],
    timeRange: "7d",
    refresh: "1m",
    dataSources: [dataSource("prometheus")],
    links: [
      sloOverviewLink,
      taggedDashboards("Services", ["plinth", "service"], { description: "The dashboard of each service." }),
    ],
    annotations: [
      annotation(
        "Firing alerts",
        max(select(metric("ALERTS"), { ...firing, alertstate: "firing" }), { by: ["alertname", "severity"] }),
        {
          description: "An alert about this promise fires.",
          text: "{{alertname}}, {{severity}}",
          state: "bad",
        },
      ),
    ],
    rows: [
      row(
        "Promise",
        [
          promiseTable(of, { service: "$service", width: 16, height: 5 }),
          alertList("Alerts", '{service="$service", slo="$slo"}', {
            width: 8,
            height: 5,
            description: "Alerts about this promise that fire or are about to. Each leads to its runbook.",
          }),
        ],
        { id: "promise", variables: oneSloVariables },
      ),
      row(
        "Burn",
        [burnRatePanel(of, { legend, width }), burnByWindowPanel(of, { legend: "{{sloth_window}}", width })],
        { id: "burn" },
      ),
      row("Budget", [budgetPanel(of, { legend, width }), calendarPanel(of, { legend, width })], { id: "budget" }),
      events(),
    ],
    exclusions: sloExclusions,
  };
}

function events(): Row {
  return row("Events", [shareOfBadEvents(), requests()], { id: "events" });
}

function shareOfBadEvents(): TimeseriesPanel {
  return timeseries(
    "Bad events",
    [query("bad", badEvents(of), { legend: "bad" }), query("allowed", errorBudget(of), { legend: "may be bad" })],
    {
      unit: "percentunit",
      min: 0,
      width,
      description:
        "Share of the events, or of the time, that broke the promise over the last five minutes, beside what may. Only what is above the line uses up the budget faster than it is given.",
    },
  );
}

/** Good and bad as the spans of a service tell them: how many people an incident hit. */
function requests(): TimeseriesPanel {
  const { server, consumer } = spanMetrics.kinds;
  const served = {
    deployment_environment_name: matching("$environment"),
    service_name: "$service",
    span_kind: oneOf(server, consumer),
  } as const;
  const failures = { ...served, status_code: spanMetrics.statuses.error };
  const all = sum(rate(select(spanMetrics.calls, served), "$__rate_interval"));
  // Without a failure there is no series of failures.
  const failed = or(sum(rate(select(spanMetrics.calls, failures), "$__rate_interval")), multiply(all, 0));
  return timeseries("Requests of the service", [query("good", subtract(all, failed)), query("failed", failed)], {
    unit: "reqps",
    min: 0,
    width,
    stacked: true,
    description:
      "Requests and messages of the service per second, by whether they failed: how many an incident hit. Slow ones are good here; parts of the platform send no spans.",
  });
}
