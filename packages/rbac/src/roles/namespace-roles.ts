import type { Finding, FoundationComponent, Platform } from "@plinth/core";
import { clusterRole, differsByEnvironment, type RoleDefinition } from "./define-role.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import { namespaceDeveloper } from "./namespace-developer.ts";
import { namespaceViewer } from "./namespace-viewer.ts";

/** What a group of a team is to its namespace, each more than the one before. */
export type Persona = "viewers" | "developers" | "admins";

/** The role that each of a team's groups holds in its namespace. */
export const rolesByPersona: Readonly<Record<Persona, RoleDefinition>> = {
  viewers: namespaceViewer,
  developers: namespaceDeveloper,
  admins: namespaceAdmin,
};

/** The ClusterRoles that are bound in the teams' namespaces. A role without conditions stands in the base. */
export const namespaceRoles: FoundationComponent = {
  name: "namespace-roles",
  layer: "foundation",
  shared: () =>
    Object.values(rolesByPersona).flatMap((role) => (differsByEnvironment(role) ? [] : [clusterRole(role)])),
  perEnvironment: (_platform, environment) =>
    Object.values(rolesByPersona).flatMap((role) =>
      differsByEnvironment(role) ? [clusterRole(role, environment)] : [],
    ),
  check: execInProduction,
};

/** `exec: true` in production would be a sentence that nothing follows. */
function execInProduction({ environments }: Platform): Finding[] {
  return environments
    .filter(({ access, production }) => production && access.exec)
    .map(({ name, source }) => ({
      code: "conflicting-fields",
      severity: "error",
      ...(source === undefined ? {} : { source }),
      path: `environments[${name}].access.exec`,
      message: "exec is open in a production environment, where no role grants it",
      expected: "false, or left out, where production is true",
      example: 'access: { writers: "delivery" }',
    }));
}
