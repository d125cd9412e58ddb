import { applicationName, componentsWithRole } from "@plinth/core";
import { count, increase, matching, metric, oneOf, quoteRegex, select, sum } from "@plinth/metrics";
import { timeseries } from "../model/panel.ts";
import { column, table } from "../model/panel-table.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import type { TeamRow } from "./team-row.ts";

/**
 * What Argo CD delivers for the team: which of its Applications are not as the repository says, and how often each was synced. None where nothing delivers.
 *
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") };
 * teamDeliveryRow()(view)?.panels.map(({ title }) => title); // ["Applications", "Syncs"]
 */
export function teamDeliveryRow(): TeamRow {
  return ({ platform, environment, team }) => {
    if (componentsWithRole(platform, "delivery").length === 0) return undefined;
    const name = matching(`${quoteRegex(applicationName(environment.name, team.name))}(-.+)?`);
    const applications = select(metric("argocd_app_info"), { name });
    const syncs = select(metric("argocd_app_sync_total"), { name, phase: oneOf("Succeeded", "Failed", "Error") });
    return row(
      "Delivery",
      [
        table(
          "Applications",
          [query("applications", count(applications, { by: ["name", "sync_status", "health_status"] }))],
          {
            unit: "short",
            width: 12,
            columns: [
              column("Application", { label: "name" }),
              column("Sync", { label: "sync_status" }),
              column("Health", { label: "health_status" }),
            ],
            description:
              "Each of the team's Applications. OutOfSync waits for somebody to press sync, or was changed by hand; Degraded does not run as it should.",
          },
        ),
        timeseries("Syncs", sum(increase(syncs, "$__interval"), { by: ["phase"] }), {
          unit: "short",
          legend: "{{phase}}",
          min: 0,
          width: 12,
          stacked: true,
          description:
            "How often Argo CD applied something of the team's, by how it ended. Failed ones say why in Argo CD.",
        }),
      ],
      { id: "delivery" },
    );
  };
}
