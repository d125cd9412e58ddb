import { at, type CrossCheck, entryPath, reportUnknownNames } from "./cross-check.ts";

/** What alerts do otherwise is said for environments and teams that exist. */
export const alertOverridesResolve: CrossCheck = (context) => {
  for (const entry of context.platform.alertOverrides) {
    const path = entryPath("alertOverrides", entry.name);
    reportUnknownNames(context, "environments", entry.environments, { ...at(entry), path: `${path}.environments` });
    reportUnknownNames(context, "teams", entry.teams, { ...at(entry), path: `${path}.teams` });
  }
};

/** Maintenance has a name of its own in its environment, and is of teams that exist. */
export const maintenanceResolves: CrossCheck = (context) => {
  for (const environment of context.platform.environments) {
    const { maintenance } = environment.paging;
    maintenance.forEach(({ name, teams }, index) => {
      const path = `${entryPath("environments", environment.name)}.paging.maintenance[${index}]`;
      reportUnknownNames(context, "teams", teams, { ...at(environment), path: `${path}.teams` });
      if (maintenance.findIndex((other) => other.name === name) !== index)
        context.report({
          code: "duplicate-name",
          ...at(environment),
          path: `${path}.name`,
          message: `a second maintenance is named ${JSON.stringify(name)}`,
          expected: "a name of its own for each maintenance of an environment",
          example: `name: ${JSON.stringify(`${name}-2`)}`,
        });
    });
  }
};
