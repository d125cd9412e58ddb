import { sharedEnvironments } from "../changed-objects.ts";
import type { ConsequenceReader } from "../consequence.ts";
import { cloudRoleChanges } from "./cloud-roles.ts";
import { clusterEntryChanges } from "./cluster-entries.ts";
import { deliveryChanges } from "./delivery-projects.ts";
import { podSecurityChanges } from "./pod-security-levels.ts";
import { rbacChanges } from "./rbac-changes.ts";

/**
 * Who may do what from now on: roles and bindings by what holds, ways from one identity to a stronger one, roles of the cloud, who gets into the cluster, what
 * Pod Security lets in, what Argo CD may deliver.
 */
export const permissionsConsequences: ConsequenceReader = (comparison) =>
  sharedEnvironments(comparison).flatMap((environment) => [
    ...rbacChanges(comparison, environment),
    ...cloudRoleChanges(comparison, environment),
    ...clusterEntryChanges(comparison, environment),
    ...podSecurityChanges(comparison, environment),
    ...deliveryChanges(comparison, environment),
  ]);
