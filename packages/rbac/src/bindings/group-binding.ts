import { buildResource, type Resource } from "@plinth/core";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import type { RoleDefinition } from "../roles/define-role.ts";

const rbacGroup = "rbac.authorization.k8s.io";

/** Who holds a ClusterRole, where, and what is said about it. */
export interface GroupBinding {
  /** The binding's own name. */
  readonly name: string;
  /** In one namespace; in the whole cluster when left out. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Name of the ClusterRole. */
  readonly role: string;
  /** Groups of the identity provider; each once, sorted. */
  readonly groups: readonly string[];
}

/**
 * A RoleBinding, or a ClusterRoleBinding where no namespace is said, of a ClusterRole to groups.
 *
 * @example
 * const resource = bindingOf({ name: "night-watch", namespace: "team-backend", role: "namespace-viewer", groups: ["night-watch"] });
 */
export function bindingOf({ name, namespace, labels, annotations, role, groups }: GroupBinding): Resource {
  const metadata = {
    name,
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
  };
  const body = {
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: role },
    subjects: [...new Set(groups)].sort().map((group) => ({ apiGroup: rbacGroup, kind: "Group", name: group })),
  };
  return namespace === undefined
    ? buildResource(ClusterRoleBinding, { metadata, ...body })
    : buildResource(RoleBinding, { metadata: { ...metadata, namespace }, ...body });
}

/**
 * Gives a role to a group of the identity provider, in one namespace. Named after the role: who holds it is read in one place.
 *
 * @example
 * const resource = bindInNamespace(namespaceViewer, "backend-viewers", "team-backend");
 */
export function bindInNamespace({ name }: RoleDefinition, group: string, namespace: string): Resource {
  return bindingOf({ name, namespace, role: name, groups: [group] });
}

/**
 * Gives a role to groups of the identity provider, in every namespace and for what belongs to none.
 *
 * @example
 * const resource = bindInCluster(platformViewer, "platform-viewers");
 */
export function bindInCluster({ name }: RoleDefinition, ...groups: readonly string[]): Resource {
  return bindingOf({ name, role: name, groups });
}
