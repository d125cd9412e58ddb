import { max, metric, oneOf, runbookUrl, select, teamDashboardUid } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import { annotation } from "../model/annotation.ts";
import type { Dashboard, Row } from "../model/dashboard.ts";
import { link, taggedDashboards } from "../model/link.ts";
import { dataSource } from "../model/variable.ts";
import { teamTag } from "../service/service-dashboard.ts";
import { sloOverviewLink } from "../slo/promise-panels.ts";
import { teamCostRow } from "./cost-row.ts";
import { teamDeliveryRow } from "./delivery-row.ts";
import { teamPolicyRow } from "./policy-row.ts";
import { teamPromisesRow } from "./promises-row.ts";
import { teamResourcesRow } from "./resources-row.ts";
import { teamServicesRow } from "./services-row.ts";
import { servicesOf, type TeamRow, type TeamView } from "./team-row.ts";

/** The rows that every team gets, as far as it has something to show in them. */
export function teamRows(): readonly TeamRow[] {
  return [teamServicesRow(), teamPromisesRow(), teamResourcesRow(), teamDeliveryRow(), teamPolicyRow(), teamCostRow()];
}

/**
 * A team's dashboard: what it looks at in the morning. Its services at a glance and open alerts, promises and budgets, quota, deliveries, policies and cost.
 *
 * @param rows What it shows, from top to bottom. @default `teamRows()`
 * @example
 * import { environmentNamed, teamNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * teamDashboard({ platform, environment: environmentNamed(platform, "production"), team: teamNamed(platform, "backend") }).uid; // "overview-backend"
 */
export function teamDashboard(view: TeamView, rows: readonly (Row | TeamRow)[] = teamRows()): Dashboard {
  const { platform, team } = view;
  const firing = select(metric("ALERTS"), {
    team: team.name,
    alertstate: "firing",
    severity: oneOf("critical", "warning"),
  });
  return {
    uid: teamDashboardUid(team.name),
    title: `Team / ${team.name}`,
    description: `What the team ${team.name} (${team.contact.chat}) runs, promises, uses and has to look at.`,
    tags: ["plinth", "team", teamTag(team.name)],
    timeRange: "24h",
    refresh: "5m",
    dataSources: [dataSource("prometheus")],
    links: [
      ...(servicesOf(view).length === 0
        ? []
        : [
            taggedDashboards("Services", [teamTag(team.name), "service"], {
              description: "The team's services, one by one.",
            }),
          ]),
      sloOverviewLink,
      // The folder of any alert's runbook is that of all.
      link("Runbooks", new URL(".", runbookUrl(platform, "any")).href, { description: "What to do, for each alert." }),
      taggedDashboards("Teams", ["plinth", "team"], { description: "The dashboards of the other teams." }),
    ],
    annotations: [
      annotation("Firing alerts", max(firing, { by: ["alertname", "service", "severity"] }), {
        description: "An alert of the team fires that somebody has to look at.",
        text: "{{alertname}} {{service}}, {{severity}}",
        state: "bad",
      }),
    ],
    rows: rows.flatMap((made) => (typeof made === "function" ? (made(view) ?? []) : made)),
    exclusions: teamExclusions,
  };
}

const byTeam = "the dashboard is about one team: its services and its namespace stand in the queries";

const teamExclusions: readonly LintExclusion[] = [
  { rule: "template-job", because: byTeam },
  { rule: "template-instance", because: byTeam },
  { rule: "target-job", because: byTeam },
  { rule: "target-instance", because: byTeam },
];
