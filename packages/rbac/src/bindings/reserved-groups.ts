import type { Finding, Platform } from "@plinth/core";
import { type FindingPlace, placeOf } from "./finding-place.ts";

/** A group, and where somebody wrote it. */
interface NamedGroup {
  readonly group: string;
  readonly place: FindingPlace;
}

/** Each group that the platform binds, and each place that names it. */
function namedGroups(platform: Platform): NamedGroup[] {
  const { breakGlass, groups, teams } = platform;
  return [
    ...(["admins", "operators", "viewers"] as const).map((persona) => ({
      group: groups[persona],
      place: placeOf(`groups.${persona}`, platform),
    })),
    ...teams.flatMap((team) => [
      ...(["admins", "developers", "viewers"] as const).map((persona) => ({
        group: team.groups[persona],
        place: placeOf(`teams[${team.name}].groups.${persona}`, team),
      })),
      ...team.tenancy.bindings.map(({ group }, index) => ({
        group,
        place: placeOf(`teams[${team.name}].tenancy.bindings[${index}].group`, team),
      })),
    ]),
    ...breakGlass.map((entry) => ({ group: entry.group, place: placeOf(`breakGlass[${entry.name}].group`, entry) })),
  ];
}

/**
 * Groups that Kubernetes itself hands out: `system:authenticated` is everybody, and `system:masters` passes every check. A binding to one of them
 * gives a role to people whom the identity provider never named.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export function reservedGroups(platform: Platform): Finding[] {
  return namedGroups(platform)
    .filter(({ group }) => group.startsWith("system:"))
    .map(({ group, place }) => ({
      code: "invalid-field",
      severity: "error",
      ...place,
      message: `${JSON.stringify(group)} is a group of Kubernetes itself`,
      expected: "a group of the identity provider; names that begin with system: are reserved",
      example: JSON.stringify(group.slice("system:".length) || "backend-viewers"),
    }));
}
