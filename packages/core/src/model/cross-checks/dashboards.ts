import { at, type CrossCheck, entryPath, reportUnknown } from "./cross-check.ts";

/** Teams whose numbers in Grafana are told exist, and no two of them are one. */
export const dashboardTeamsResolve: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const first = new Map<number, string>();
    for (const [team, number] of Object.entries(environment.dashboards.teams)) {
      const where = {
        ...at(environment),
        path: `${entryPath("environments", environment.name)}.dashboards.teams.${team}`,
      };
      if (!context.names.teams.has(team)) reportUnknown(context, "teams", team, where);
      const other = first.get(number);
      if (other !== undefined)
        context.report({
          code: "duplicate-name",
          ...where,
          message: `${other} has the number ${number} too`,
          expected: "the number that this Grafana has given the team: GET /api/teams/search says it",
          example: `${team}: ${number + 1}`,
        });
      else first.set(number, team);
    }
  }
};
