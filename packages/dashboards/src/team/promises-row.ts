import { sort } from "@plinth/metrics";
import { barGauge } from "../model/panel-league.ts";
import { column } from "../model/panel-table.ts";
import { row } from "../model/row.ts";
import { measuredPromises } from "../service/slo-row.ts";
import { leastBudgetLeft } from "../slo/budget-queries.ts";
import { budgetPanel, budgetThresholds, promiseTable, sloOverviewLink } from "../slo/promise-panels.ts";
import { servicesOf, type TeamRow } from "./team-row.ts";

const legend = "{{sloth_service}} {{sloth_slo}}";

/**
 * The promises of the team's services: a league of the budgets that are left, what is promised and kept, and how the budgets went. None for a team that promises
 * nothing.
 *
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamPromisesRow()(view)?.panels.map(({ title }) => title); // ["Promises", "SLO league", "Error budget left"]
 */
export function teamPromisesRow(): TeamRow {
  return (view) => {
    const promises = servicesOf(view).flatMap(measuredPromises).length;
    if (promises === 0) return undefined;
    const of = { environment: view.environment.name, team: view.team.name };
    return row(
      "Promises and error budgets",
      [
        promiseTable(of, {
          leading: [column("Service", { label: "sloth_service" })],
          service: "${__data.fields.Service}",
          height: 4 + promises,
        }),
        barGauge("SLO league", sort(leastBudgetLeft(of)), {
          unit: "percentunit",
          legend,
          min: 0,
          max: 1,
          width: 12,
          thresholds: budgetThresholds,
          links: [sloOverviewLink],
          description:
            "The error budget that is left of each promise, the least first: what the next plan should make better. Always full is a promise that asks for little.",
        }),
        budgetPanel(of, { legend, width: 12 }),
      ],
      { id: "slo" },
    );
  };
}
