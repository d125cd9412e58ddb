import type { Resource } from "@plinth/core";
import type { PolicyRule } from "../../roles/policy-rule.ts";

// What every cluster has beside the rendered objects and what paths lead through, with those of its rules that matter:
// plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go and controller_policy.go of k8s.io/kubernetes.

const apiGroup = "rbac.authorization.k8s.io";
const apiVersion = `${apiGroup}/v1`;

function granted(name: string, subject: Readonly<Record<string, string>>, rules: readonly PolicyRule[]): Resource[] {
  return [
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup, kind: "ClusterRole", name },
      subjects: [subject],
    },
  ];
}

/** ServiceAccounts of controllers in the control plane: no pod on a node runs with them. */
export const controlPlaneAccounts: ReadonlySet<string> = new Set(["kube-system/clusterrole-aggregation-controller"]);

/** Roles and bindings of the API server itself. */
export const defaultObjects: readonly Resource[] = [
  ...granted("cluster-admin", { apiGroup, kind: "Group", name: "system:masters" }, [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ]),
  ...granted("system:kube-controller-manager", { apiGroup, kind: "User", name: "system:kube-controller-manager" }, [
    { apiGroups: [""], resources: ["secrets", "serviceaccounts"], verbs: ["create", "get", "update"] },
    { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
  ]),
  ...granted(
    "system:controller:clusterrole-aggregation-controller",
    { kind: "ServiceAccount", name: "clusterrole-aggregation-controller", namespace: "kube-system" },
    [
      {
        apiGroups: [apiGroup],
        resources: ["clusterroles"],
        verbs: ["escalate", "get", "list", "patch", "update", "watch"],
      },
    ],
  ),
];
