import { metric, type Operand, select, sloDashboardUids } from "@plinth/metrics";
import type { TableColumn, TablePanel, TimeseriesPanel, UrlLink } from "../model/dashboard.ts";
import { link } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import type { PanelOptions } from "../model/panel-options.ts";
import { column, table } from "../model/panel-table.ts";
import { query } from "../model/query.ts";
import { badBelow, type Thresholds } from "../model/thresholds.ts";
import { burnThresholds, PAGE_BURN_RATE } from "../service/promise-thresholds.ts";
import {
  budgetLeft,
  burnByWindow,
  burnRate,
  calendarBudgetLeft,
  fastestBurn,
  leastBudgetLeft,
  measured,
  objective,
  type SloMatchers,
  timeLeft,
} from "./budget-queries.ts";

/** A quarter of the budget left: time to be careful with changes. */
export const budgetThresholds: Thresholds = badBelow({ warning: 0.25, bad: 0 });

const day = 86_400;
// A budget that lasts less than three days is gone before the week is.
const timeLeftThresholds = badBelow({ warning: 7 * day, bad: 3 * day });

/** The dashboard of one SLO in detail; the service and the name may be variables of the panel or of its table. */
export function sloDetailLink(service: string, slo: string): UrlLink {
  return link("SLO in detail", `/d/${sloDashboardUids.detail}?var-service=${service}&var-slo=${slo}`, {
    description: "Burn over every window, the budget over the period, and what the alerts wait for.",
    keepTime: true,
  });
}

/** The dashboard of all SLOs. */
export const sloOverviewLink: UrlLink = link("All SLOs", `/d/${sloDashboardUids.overview}`, {
  description: "The promises of all services beside each other.",
  keepTime: true,
});

export interface PromiseTableOptions extends Pick<PanelOptions, "id" | "width" | "height" | "links"> {
  /** What stands before the SLO's name, such as whose it is. @default nothing */
  readonly leading?: readonly TableColumn[];
  /** The `sloth_service` of the link in each line; may be of the table itself: `${__data.fields.Service}`. */
  readonly service: string;
  /** Numbers beside those that every table has. @default none */
  readonly further?: readonly { readonly name: string; readonly asks: Operand; readonly column: TableColumn }[];
}

/** What is promised, what is kept, what is left and for how long: a line for each SLO, the one with the fastest burn first. */
export function promiseTable(of: SloMatchers, options: PromiseTableOptions): TablePanel {
  const { leading = [], service, further = [], ...placed } = options;
  return table(
    "Promises",
    [
      query("objective", objective(of)),
      query("measured", measured(of)),
      query("left", leastBudgetLeft(of)),
      query("burn", fastestBurn(of)),
      query("gone", timeLeft(of)),
      ...further.map(({ name, asks }) => query(name, asks)),
    ],
    {
      id: "promises",
      unit: "percentunit",
      decimals: 2,
      description:
        "What is promised, the share that was good over the period, how much of the error budget is left, how fast it burned over the last hour, and when it is gone at that pace. Below 25 % risky changes wait; at 0 only fixes go out. A click on the SLO's name shows it in detail.",
      columns: [
        ...leading,
        column("SLO", { label: "sloth_slo" }, { link: sloDetailLink(service, "${__value.text}") }),
        column("Objective", { query: "objective" }),
        column("Measured", { query: "measured" }),
        column("Budget left", { query: "left" }, { thresholds: budgetThresholds }),
        column("Burn, 1 h", { query: "burn" }, { unit: "short", thresholds: burnThresholds }),
        column("Gone in", { query: "gone" }, { unit: "dtdurations", thresholds: timeLeftThresholds }),
        ...further.map((each) => each.column),
      ],
      sortBy: "Burn, 1 h",
      ...placed,
    },
  );
}

interface Drawn extends Pick<PanelOptions, "id" | "width" | "height" | "links"> {
  /** How a line is called. */
  readonly legend: string;
}

/** How fast the budgets burn now. Alerts on budgets lead to it. */
export function burnRatePanel(of: SloMatchers, drawn: Drawn): TimeseriesPanel {
  return timeseries("Burn rate", burnRate(of), {
    id: "burn-rate",
    unit: "short",
    min: 0,
    thresholds: burnThresholds,
    description: `How many times too fast the budget is used up over the last five minutes: 1 uses it up exactly at the end of the period, ${PAGE_BURN_RATE} for an hour wakes somebody. Look above for what fails, and for the deployment before it.`,
    ...drawn,
  });
}

/** The same over the windows of the alerts: they fire when a short and a long one are above a line together. */
export function burnByWindowPanel(of: SloMatchers, drawn: Drawn, windows: readonly string[] = []): TimeseriesPanel {
  return timeseries("Burn by window", burnByWindow(of, windows), {
    id: "burn-by-window",
    unit: "short",
    min: 0,
    thresholds: burnThresholds,
    description: `How many times too fast the budget was used up over each window. A month's promise wakes somebody above ${PAGE_BURN_RATE} over 1h or 6 over 6h, and opens a ticket above 3 over 1d or 1 over 3d. A short window that is down again says that it is over.`,
    ...drawn,
  });
}

/** What is left of the budgets over time. */
export function budgetPanel(of: SloMatchers, drawn: Drawn): TimeseriesPanel {
  return timeseries("Error budget left", budgetLeft(of), {
    id: "budget-left-over-time",
    unit: "percentunit",
    max: 1,
    thresholds: budgetThresholds,
    description:
      "The budget over time: a steep fall is one incident, a slope is a service that is not good enough. It rises again when an incident leaves the period.",
    ...drawn,
  });
}

/** The budget that begins anew with each month or quarter, beside how much of that is gone: a budget that is below what is left of the time does not last. */
export function calendarPanel(of: SloMatchers, drawn: Drawn): TimeseriesPanel {
  const { legend, ...placed } = drawn;
  return timeseries(
    "Budget of the calendar",
    [
      query("left", calendarBudgetLeft(of), { legend: `${legend} left, {{calendar}}` }),
      query("elapsed", select(metric("slo:calendar_elapsed:ratio"), of), { legend: `{{calendar}} gone, ${legend}` }),
    ],
    {
      id: "calendar-budget",
      unit: "percentunit",
      max: 1,
      description:
        "What is left of the error budget of this month or quarter, and how much of that is gone. While the budget left is above the time left, it lasts.",
      ...placed,
    },
  );
}
