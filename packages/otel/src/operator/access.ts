import { buildResource, type Resource } from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** Who a collector is. */
export interface CollectorIdentity {
  readonly name: string;
  readonly namespace: string;
}

/** What a collector may do in the whole cluster. */
export interface ClusterAccess {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The ServiceAccount of a collector; its token is mounted only where the collector talks to the API server. */
export function collectorAccount({ name, namespace }: CollectorIdentity, talksToApiServer: boolean): Resource {
  return buildResource(ServiceAccount, {
    metadata: { name, namespace },
    automountServiceAccountToken: talksToApiServer,
  });
}

/** A ClusterRole and its binding to a collector's ServiceAccount, for resources of the core group. */
export function clusterAccess({ name, namespace }: CollectorIdentity, access: readonly ClusterAccess[]): Resource[] {
  const role = `${namespace}-${name}`;
  return [
    buildResource(ClusterRole, {
      metadata: { name: role },
      rules: access.map(({ resources, verbs }) => ({ apiGroups: [""], resources: [...resources], verbs: [...verbs] })),
    }),
    buildResource(ClusterRoleBinding, {
      metadata: { name: role },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    }),
  ];
}
