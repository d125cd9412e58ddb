import { buildResource, type Resource } from "@plinth/core";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { RoleDefinition } from "../roles/define-role.ts";

const rbacGroup = "rbac.authorization.k8s.io";

/**
 * Gives a role to a group of the identity provider, in one namespace. Named after the role: who holds it is read in one place.
 *
 * @example
 * const resource = bindInNamespace(namespaceViewer, "backend-viewers", "team-backend");
 */
export function bindInNamespace(role: RoleDefinition, group: string, namespace: string): Resource {
  return buildResource(RoleBinding, {
    metadata: { name: role.name, namespace },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: role.name },
    subjects: [{ apiGroup: rbacGroup, kind: "Group", name: group }],
  });
}

/**
 * Gives a role to a group of the identity provider, in every namespace and for what belongs to none.
 *
 * @example
 * const resource = bindInCluster(platformViewer, "platform-viewers");
 */
export function bindInCluster(role: RoleDefinition, group: string): Resource {
  return buildResource(ClusterRoleBinding, {
    metadata: { name: role.name },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: role.name },
    subjects: [{ apiGroup: rbacGroup, kind: "Group", name: group }],
  });
}
