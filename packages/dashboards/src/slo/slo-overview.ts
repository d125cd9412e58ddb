import {
  bottomk,
  count,
  type Expression,
  greaterThan,
  lessThan,
  or,
  sloDashboardUids,
  sort,
  topk,
  vector,
} from "@plinth/metrics";
import type { Dashboard, Row, StatPanel } from "../model/dashboard.ts";
import { taggedDashboards } from "../model/link.ts";
import { stat, timeseries } from "../model/panel.ts";
import { barGauge } from "../model/panel-league.ts";
import { column } from "../model/panel-table.ts";
import { alertList } from "../model/panel-words.ts";
import { row } from "../model/row.ts";
import { badAbove, type Thresholds } from "../model/thresholds.ts";
import { dataSource } from "../model/variable.ts";
import { budgetChange, budgetLeft, burnRate, fastestBurn, leastBudgetLeft, objective } from "./budget-queries.ts";
import { chosenSlos, sloExclusions, sloVariables } from "./chosen-slos.ts";
import { budgetThresholds, promiseTable } from "./promise-panels.ts";

const of = chosenSlos;
const legend = "{{sloth_service}} {{sloth_slo}}";

/**
 * All promises beside each other, those of services and those of the platform: how many are broken or about to be, a league of them, and how they went. The
 * reader narrows them by environment, team, tier and service. It is the same in every environment.
 *
 * @example
 * lintDashboard(dashboardJson(sloOverviewDashboard()), { exclusions: sloOverviewDashboard().exclusions }); // []
 */
export function sloOverviewDashboard(): Dashboard {
  return {
    uid: sloDashboardUids.overview,
    title: "SLO / Overview",
    description:
      "What all services and the platform promise, what they keep, and how much of their error budgets is left.",
    tags: ["plinth", "slo"],
    timeRange: "24h",
    refresh: "5m",
    dataSources: [dataSource("prometheus")],
    links: [
      taggedDashboards("Services", ["plinth", "service"], { description: "The dashboard of each service." }),
      taggedDashboards("Teams", ["plinth", "team"], { description: "The dashboard of each team." }),
    ],
    rows: [glance(), league(), history()],
    exclusions: sloExclusions,
  };
}

function glance(): Row {
  return row(
    "At a glance",
    [
      number("Promises", objective(of), {
        description:
          "Promises that are measured. Fewer than yesterday: somebody took one back, or its rules are not evaluated.",
      }),
      number("Broken", lessThan(leastBudgetLeft(of), 0), {
        thresholds: badAbove({ bad: 1 }),
        description:
          "Promises whose error budget is used up. Only fixes are released there until there is budget again.",
      }),
      number("Low", lessThan(leastBudgetLeft(of), 0.25), {
        thresholds: badAbove({ warning: 1, bad: 5 }),
        description:
          "Promises with less than a quarter of their budget, broken ones among them. Risky changes wait there.",
      }),
      number("Burning", greaterThan(fastestBurn(of), 1), {
        thresholds: badAbove({ warning: 1, bad: 5 }),
        description:
          "Promises whose budget burned too fast over the last hour. Many at once have one cause: look at what they share.",
      }),
      alertList("Alerts on budgets", '{slo=~".+"}', {
        width: 8,
        height: 4,
        description:
          "Budgets that burn too fast or are low. Each alert leads to the service's dashboard and to its runbook.",
      }),
    ],
    { id: "glance", variables: sloVariables },
  );
}

/** How many there are; 0 where there are none. */
function number(
  title: string,
  what: Expression,
  options: { readonly description: string; readonly thresholds?: Thresholds },
): StatPanel {
  return stat(title, or(count(what), vector(0)), { ...options, unit: "short", width: 4 });
}

function league(): Row {
  return row(
    "League",
    [
      promiseTable(of, {
        leading: [
          column("Service", { label: "sloth_service" }),
          column("Team", { label: "team" }),
          column("Tier", { label: "tier" }),
        ],
        service: "${__data.fields.Service}",
        further: [{ name: "change", asks: budgetChange(of), column: column("Change, 7 d", { query: "change" }) }],
        height: 14,
      }),
      barGauge("Budget left", sort(leastBudgetLeft(of)), {
        unit: "percentunit",
        legend,
        min: 0,
        max: 1,
        width: 24,
        height: 14,
        thresholds: budgetThresholds,
        description:
          "The error budget that is left, the least first. What stays at the top for months promises too much, or needs work.",
      }),
    ],
    { id: "league" },
  );
}

function history(): Row {
  return row(
    "Over time",
    [
      timeseries("Fastest burn", topk(10, burnRate(of)), {
        unit: "short",
        legend,
        min: 0,
        width: 12,
        description: "The ten budgets that burn fastest at each moment. Lines that rise together have one cause.",
      }),
      timeseries("Least budget left", bottomk(10, budgetLeft(of)), {
        unit: "percentunit",
        legend,
        max: 1,
        width: 12,
        thresholds: budgetThresholds,
        description: "The ten promises with the least budget at each moment. A steep fall is an incident.",
      }),
    ],
    { id: "history" },
  );
}
