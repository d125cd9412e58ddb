import type { SourceLocation } from "../../finding.ts";
import { at, type CrossCheck, entryPath } from "./cross-check.ts";

interface Claim {
  readonly value: string;
  readonly path: string;
  readonly source?: SourceLocation;
}

/** Services and data stores of a team share its namespace and the label that selects their pods: one space of names. */
export const workloadNamesAreUnique: CrossCheck = (context) => {
  const { services, dataStores } = context.platform;
  const storeNames = new Set<string>(dataStores.map(({ name }) => name));
  for (const service of services) {
    if (!storeNames.has(service.name)) continue;
    context.report({
      code: "duplicate-name",
      ...at(service),
      path: `${entryPath("services", service.name)}.name`,
      message: `${JSON.stringify(service.name)} is the name of a data store too`,
      expected: "a name that no other service and no data store has",
      example: JSON.stringify(`${service.name}-service`),
    });
  }
};

/** A group in two places would give its members the sum of both. */
export const groupsAreUnique: CrossCheck = (context) => {
  const { groups, teams } = context.platform;
  const claims: Claim[] = [
    { value: groups.admins, path: "groups.admins", ...at(context.platform) },
    { value: groups.operators, path: "groups.operators", ...at(context.platform) },
    { value: groups.viewers, path: "groups.viewers", ...at(context.platform) },
    ...teams.flatMap((team): Claim[] =>
      (["admins", "developers", "viewers"] as const).map((role) => ({
        value: team.groups[role],
        path: `${entryPath("teams", team.name)}.groups.${role}`,
        ...at(team),
      })),
    ),
  ];
  reportShared(claims, (claim, first) =>
    context.report({
      code: "duplicate-name",
      ...at(claim),
      path: claim.path,
      message: `the group ${JSON.stringify(claim.value)} stands at ${first.path} too`,
      expected: "a group of the identity provider that stands in one place only",
      example: JSON.stringify(`${claim.value}-2`),
    }),
  );
};

/** A break-glass group with members in quiet times would make the exception the rule. */
export const breakGlassGroupsAreTheirOwn: CrossCheck = (context) => {
  const { breakGlass, groups, teams } = context.platform;
  const daily = new Map([
    ...Object.entries(groups).map(([role, group]) => [group, `groups.${role}`] as const),
    ...teams.flatMap((team) =>
      Object.entries(team.groups).map(
        ([role, group]) => [group, `${entryPath("teams", team.name)}.groups.${role}`] as const,
      ),
    ),
  ]);
  for (const entry of breakGlass) {
    const first = daily.get(entry.group);
    if (first === undefined) continue;
    context.report({
      code: "duplicate-name",
      ...at(entry),
      path: `${entryPath("breakGlass", entry.name)}.group`,
      message: `the group ${JSON.stringify(entry.group)} is a daily group: it stands at ${first} too`,
      expected: "a group of its own, which is empty in quiet times",
      example: `group: ${JSON.stringify(`${entry.group}-break-glass`)}`,
    });
  }
};

/** Two teams in one namespace share quota and permissions; a team in a component's namespace could change the platform. */
export const namespacesAreUnique: CrossCheck = (context) => {
  const { components, teams } = context.platform;
  const owners = new Map(
    components.map((component) => [String(component.namespace), `the platform component ${component.name}`]),
  );
  for (const team of teams) {
    const owner = owners.get(team.namespace);
    owners.set(team.namespace, `the team ${team.name}`);
    if (owner === undefined) continue;
    context.report({
      code: "duplicate-name",
      ...at(team),
      path: `${entryPath("teams", team.name)}.namespace`,
      message: `the namespace ${JSON.stringify(team.namespace)} belongs to ${owner}`,
      expected: "a namespace of the team's own",
      example: JSON.stringify(`team-${team.name}`),
    });
  }
};

function reportShared(claims: readonly Claim[], report: (claim: Claim, first: Claim) => void): void {
  const first = new Map<string, Claim>();
  for (const claim of claims) {
    const earlier = first.get(claim.value);
    if (earlier === undefined) first.set(claim.value, claim);
    else report(claim, earlier);
  }
}
