import { buildResource, type Environment, type Resource } from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** Who a collector is. */
export interface CollectorIdentity {
  readonly name: string;
  readonly namespace: string;
}

/** What a collector may do in the whole cluster with resources of one group. */
export interface PolicyRule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The ServiceAccount of a collector; its token is mounted only where the collector talks to the API server. */
export function collectorAccount(
  { name, namespace }: CollectorIdentity,
  { talksToApiServer, cloudRole }: { readonly talksToApiServer: boolean; readonly cloudRole?: string },
): Resource {
  return buildResource(ServiceAccount, {
    metadata: {
      name,
      namespace,
      ...(cloudRole === undefined ? {} : { annotations: { "eks.amazonaws.com/role-arn": cloudRole } }),
    },
    automountServiceAccountToken: talksToApiServer,
  });
}

/**
 * The cloud role that collectors take by an annotation of their ServiceAccount. Pod identity needs none: the cloud says which account has which role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function annotatedRole({ cluster, telemetry }: Environment): { readonly cloudRole?: string } {
  return telemetry.cloudRole === undefined || cluster.workloadIdentity !== "irsa"
    ? {}
    : { cloudRole: `arn:aws:iam::${cluster.account}:role/${telemetry.cloudRole}` };
}

/** A ClusterRole and its binding to a collector's ServiceAccount. */
export function clusterAccess({ name, namespace }: CollectorIdentity, rules: readonly PolicyRule[]): Resource[] {
  const role = `${namespace}-${name}`;
  return [
    buildResource(ClusterRole, {
      metadata: { name: role },
      rules: rules.map(({ group, resources, verbs }) => ({
        apiGroups: [group],
        resources: [...resources],
        verbs: [...verbs],
      })),
    }),
    buildResource(ClusterRoleBinding, {
      metadata: { name: role },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    }),
  ];
}
