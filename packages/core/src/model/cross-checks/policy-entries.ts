import { dayAfter } from "../../calendar/calendar.ts";
import { at, type CrossCheck, entryPath, reportUnknown, reportUnknownNames } from "./cross-check.ts";

/** Rollouts and exceptions name environments, teams and services that exist. */
export const policyEntriesResolve: CrossCheck = (context) => {
  const { policyRollouts, policyExceptions } = context.platform;
  for (const entry of policyRollouts) {
    const path = entryPath("policyRollouts", entry.name);
    reportUnknownNames(context, "environments", entry.environments, { ...at(entry), path: `${path}.environments` });
    reportUnknownNames(context, "teams", entry.teams, { ...at(entry), path: `${path}.teams` });
  }
  for (const entry of policyExceptions) {
    const path = entryPath("policyExceptions", entry.name);
    const { service, team } = entry.for;
    reportUnknownNames(context, "environments", entry.environments, { ...at(entry), path: `${path}.environments` });
    if (service !== undefined && !context.names.services.has(service))
      reportUnknown(context, "services", service, { ...at(entry), path: `${path}.for.service` });
    if (team !== undefined && !context.names.teams.has(team))
      reportUnknown(context, "teams", team, { ...at(entry), path: `${path}.for.team` });
  }
};

/** The owner of a rollout or an exception is somebody who can be asked: a team, or a group of the platform. */
export const policyOwnersExist: CrossCheck = (context) => {
  const { groups, policyRollouts, policyExceptions } = context.platform;
  const known = new Set<string>([...context.names.teams, ...Object.values(groups)]);
  const owned = [
    ...policyRollouts.map((entry) => ({ entry, list: "policyRollouts" as const })),
    ...policyExceptions.map((entry) => ({ entry, list: "policyExceptions" as const })),
  ];
  for (const { entry, list } of owned) {
    if (known.has(entry.owner)) continue;
    context.report({
      code: "unknown-reference",
      ...at(entry),
      path: `${entryPath(list, entry.name)}.owner`,
      message: `there is neither a team nor a group of the platform ${JSON.stringify(entry.owner)}`,
      expected: `one of ${[...known].sort().join(", ")}`,
      example: `owner: ${JSON.stringify([...context.names.teams].sort()[0] ?? groups.admins)}`,
    });
  }
};

/** What comes next comes later than what is now, and is something else. */
export const plannedActionsFollow: CrossCheck = (context) => {
  for (const entry of context.platform.policyRollouts) {
    const { action, next, since } = entry;
    if (next === undefined) continue;
    const path = `${entryPath("policyRollouts", entry.name)}.next`;
    if (next.action === action)
      context.report({
        code: "conflicting-fields",
        ...at(entry),
        path: `${path}.action`,
        message: `the next action is the present one, ${action}`,
        expected: "another action, or no next one",
        example: `next: { action: ${JSON.stringify(action === "enforce" ? "audit" : "enforce")}, on: ${JSON.stringify(next.on)} }`,
      });
    // Days of one form: the order of the texts is the order of the days.
    if (since !== undefined && next.on <= since)
      context.report({
        code: "conflicting-fields",
        ...at(entry),
        path: `${path}.on`,
        message: `${next.action} is due on ${next.on}, and ${action} holds since ${since}`,
        expected: `a day after ${since}`,
        example: `on: ${JSON.stringify(dayAfter(since))}`,
      });
  }
};

/** An exception for a service holds where the service runs. */
export const exceptedServicesRun: CrossCheck = (context) => {
  const services = new Map(context.platform.services.map((service) => [String(service.name), service]));
  for (const entry of context.platform.policyExceptions) {
    const service = entry.for.service === undefined ? undefined : services.get(entry.for.service);
    const runsIn = service?.environments;
    if (service === undefined || runsIn === undefined) continue;
    entry.environments?.forEach((environment, index) => {
      if (runsIn.some((name) => name === environment) || !context.names.environments.has(environment)) return;
      context.report({
        code: "without-effect",
        ...at(entry),
        path: `${entryPath("policyExceptions", entry.name)}.environments[${index}]`,
        message: `${service.name} does not run in ${environment}`,
        expected: `one of ${runsIn.join(", ")}`,
        example: `environments: ${JSON.stringify(runsIn)}`,
      });
    });
  }
};
