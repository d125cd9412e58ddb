import type { Component } from "@plinth/core";
import { platformAccess } from "./bindings/platform-access.ts";
import { teamAccess } from "./bindings/team-access.ts";
import { platformNamespaces } from "./platform-namespaces/platform-namespaces.ts";
import { namespaceRoles } from "./roles/namespace-roles.ts";
import { tenancy } from "./tenancy/tenancy.ts";
import { workloadIdentity } from "./workload-identity/workload-identity.ts";

/**
 * Everything that this package makes of a platform: namespaces with their limits, roles and who holds them, and who each service is.
 *
 * @example
 * import { plan } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const { files, findings } = plan(examplePlatform(), rbacComponents);
 */
export const rbacComponents: readonly Component[] = [
  platformNamespaces,
  tenancy,
  namespaceRoles,
  teamAccess,
  platformAccess,
  workloadIdentity,
];
