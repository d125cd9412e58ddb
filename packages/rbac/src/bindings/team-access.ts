import type { Finding, FoundationComponent, Platform, SourceLocation } from "@plinth/core";
import { type Persona, rolesByPersona } from "../roles/namespace-roles.ts";
import { bindInNamespace } from "./group-binding.ts";

const personas: readonly Persona[] = ["admins", "developers", "viewers"];

/** The groups of a team hold their roles in the team's namespace. */
export const teamAccess: FoundationComponent = {
  name: "team-access",
  layer: "foundation",
  perTeam: (_platform, _environment, team) =>
    personas.map((persona) => bindInNamespace(rolesByPersona[persona], team.groups[persona], team.namespace)),
  check: reservedGroups,
};

interface NamedGroup {
  readonly group: string;
  readonly path: string;
  readonly source?: SourceLocation;
}

/**
 * Groups that Kubernetes itself hands out: `system:authenticated` is everybody, and `system:masters` passes every check. A binding to one of them
 * gives a team's role to people whom the identity provider never named.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
function reservedGroups({ groups, source, teams }: Platform): Finding[] {
  const named: readonly NamedGroup[] = [
    ...(["admins", "viewers"] as const).map((persona) => ({
      group: groups[persona],
      path: `groups.${persona}`,
      ...(source === undefined ? {} : { source }),
    })),
    ...teams.flatMap((team) =>
      personas.map((persona) => ({
        group: team.groups[persona],
        path: `teams[${team.name}].groups.${persona}`,
        ...(team.source === undefined ? {} : { source: team.source }),
      })),
    ),
  ];
  return named
    .filter(({ group }) => group.startsWith("system:"))
    .map(({ group, ...where }) => ({
      code: "invalid-field",
      severity: "error",
      ...where,
      message: `${JSON.stringify(group)} is a group of Kubernetes itself`,
      expected: "a group of the identity provider; names that begin with system: are reserved",
      example: JSON.stringify(group.slice("system:".length) || "backend-viewers"),
    }));
}
