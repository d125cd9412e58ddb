import type { Finding, FoundationComponent, Resource, Team } from "@plinth/core";
import { type Persona, rolesByPersona } from "../roles/namespace-roles.ts";
import { dailyNamespaceRoles } from "../roles/roles-by-name.ts";
import { placeOf } from "./finding-place.ts";
import { bindInNamespace, bindingOf } from "./group-binding.ts";
import { reservedGroups } from "./reserved-groups.ts";

const personas: readonly Persona[] = ["admins", "developers", "viewers"];

/** The groups of a team hold their roles in the team's namespace, and groups of others those that the team gives them. */
export const teamAccess: FoundationComponent = {
  name: "team-access",
  layer: "foundation",
  perTeam: (_platform, environment, team) => [
    ...personas.map((persona) => bindInNamespace(rolesByPersona[persona], team.groups[persona], team.namespace)),
    ...additionalBindings(team, environment.name),
  ],
  check: (platform) => [...reservedGroups(platform), ...platform.teams.flatMap(additionalBindingFindings)],
};

/** One binding for each role that others hold, so that who else works in a namespace is read in one place. */
function additionalBindings({ namespace, tenancy }: Team, environment: string): Resource[] {
  const held = tenancy.bindings.filter(({ environments }) => environments?.includes(environment) ?? true);
  return [...Map.groupBy(held, ({ role }) => role)].map(([role, bindings]) =>
    bindingOf({
      name: `additional-${role}`,
      namespace,
      annotations: {
        "plinth.dev/because": bindings
          .map(({ group, because }) => `${group}: ${because}`)
          .sort()
          .join("; "),
      },
      role,
      groups: bindings.map(({ group }) => group),
    }),
  );
}

function additionalBindingFindings(team: Team): Finding[] {
  return team.tenancy.bindings.flatMap(({ group, role }, index): Finding[] => {
    const place = placeOf(`teams[${team.name}].tenancy.bindings[${index}]`, team);
    if (!dailyNamespaceRoles.some(({ name }) => name === role)) return [roleNobodyMayHave(role, place)];
    const persona = personas.find((each) => team.groups[each] === group && rolesByPersona[each].name === role);
    return persona === undefined
      ? []
      : [
          {
            code: "without-effect",
            severity: "warning",
            ...place,
            message: `${JSON.stringify(group)} holds ${role} already: it is the team's group of ${persona}`,
            expected: "a group beside the team's own, or another role",
            hint: "remove the entry",
          },
        ];
  });
}

/** Kubernetes' own roles hold Secrets and exec everywhere, and the platform's reach what belongs to no team. */
function roleNobodyMayHave(role: string, place: ReturnType<typeof placeOf>): Finding {
  const known = dailyNamespaceRoles.map(({ name }) => name);
  const reserved = /^(platform-|system:)|^(cluster-admin|admin|edit|view|namespace-rescuer)$/.test(role);
  return {
    code: reserved ? "invalid-field" : "unknown-reference",
    severity: "error",
    ...place,
    path: `${place.path}.role`,
    message: reserved
      ? `nobody may hold ${JSON.stringify(role)} in a team's namespace day by day`
      : `there is no role ${JSON.stringify(role)}`,
    expected: `one of ${known.join(", ")}`,
    example: '"namespace-viewer"',
  };
}
