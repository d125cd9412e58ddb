import type { Environment, Platform } from "@plinth/core";

/** Every group that something is bound to in an environment: once each, sorted. */
export function groupsIn({ breakGlass, groups, teams }: Platform, { name }: Environment): string[] {
  const all = [
    groups.admins,
    groups.operators,
    groups.viewers,
    ...teams.flatMap((team) => [
      ...Object.values(team.groups),
      ...team.tenancy.bindings
        .filter(({ environments }) => environments?.includes(name) ?? true)
        .map(({ group }) => group),
    ]),
    ...breakGlass.filter(({ environment }) => environment === name).map(({ group }) => group),
  ];
  return [...new Set(all)].sort();
}

/** The IAM role that stands for a group, with its path: the environment's own word, or a role of the group's name. */
export function roleOfGroup({ access }: Environment, group: string): string {
  return access.authentication.roles.get(group) ?? group;
}
