import type { Component } from "@plinth/core";
import { breakGlassAccess } from "./bindings/break-glass.ts";
import { platformAccess } from "./bindings/platform-access.ts";
import { teamAccess } from "./bindings/team-access.ts";
import { clusterAccess } from "./cluster-access/cluster-access.ts";
import { deliveryAccess } from "./delivery/delivery-access.ts";
import { platformNamespaces } from "./platform-namespaces/platform-namespaces.ts";
import { accessReview } from "./risks/access-review.ts";
import { namespaceRoles } from "./roles/namespace-roles.ts";
import { priorityClasses } from "./tenancy/priority-classes.ts";
import { tenancy } from "./tenancy/tenancy.ts";
import { appRuntime } from "./workload-identity/app-runtime.ts";
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
  priorityClasses,
  tenancy,
  namespaceRoles,
  teamAccess,
  platformAccess,
  breakGlassAccess,
  clusterAccess,
  workloadIdentity,
  appRuntime,
  deliveryAccess,
  accessReview(() => rbacComponents),
];
