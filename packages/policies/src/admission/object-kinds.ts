/** A kind of object that a policy may judge, as the API server names it. */
export interface ObjectKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Its name in a path of the API: the plural. */
  readonly resource: string;
  readonly scope: "Namespaced" | "Cluster";
}

/** A kind in the table of kinds that policies judge. */
export type ObjectKindName =
  | "AppProject"
  | "ClusterRole"
  | "ClusterRoleBinding"
  | "ConfigMap"
  | "CronJob"
  | "DaemonSet"
  | "Deployment"
  | "GRPCRoute"
  | "HTTPRoute"
  | "HorizontalPodAutoscaler"
  | "Ingress"
  | "Job"
  | "Namespace"
  | "NetworkPolicy"
  | "PersistentVolumeClaim"
  | "Pod"
  | "PodDisruptionBudget"
  | "Role"
  | "RoleBinding"
  | "Secret"
  | "Service"
  | "ServiceAccount"
  | "StatefulSet";

function kinds(
  group: string,
  version: string,
  scope: ObjectKind["scope"],
  resources: Readonly<Record<string, string>>,
): readonly ObjectKind[] {
  return Object.entries(resources).map(([kind, resource]) => ({ group, version, kind, resource, scope }));
}

const rbac = "rbac.authorization.k8s.io";

/**
 * The kinds that policies judge. A Namespace counts as namespaced: the API server lets a namespace selector read the labels of the Namespace itself.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-namespaceselector
 */
export const objectKinds: readonly ObjectKind[] = [
  ...kinds("", "v1", "Namespaced", {
    ConfigMap: "configmaps",
    Namespace: "namespaces",
    PersistentVolumeClaim: "persistentvolumeclaims",
    Pod: "pods",
    Secret: "secrets",
    Service: "services",
    ServiceAccount: "serviceaccounts",
  }),
  ...kinds("apps", "v1", "Namespaced", {
    DaemonSet: "daemonsets",
    Deployment: "deployments",
    StatefulSet: "statefulsets",
  }),
  ...kinds("batch", "v1", "Namespaced", { CronJob: "cronjobs", Job: "jobs" }),
  ...kinds("autoscaling", "v2", "Namespaced", { HorizontalPodAutoscaler: "horizontalpodautoscalers" }),
  ...kinds("policy", "v1", "Namespaced", { PodDisruptionBudget: "poddisruptionbudgets" }),
  ...kinds("networking.k8s.io", "v1", "Namespaced", { Ingress: "ingresses", NetworkPolicy: "networkpolicies" }),
  ...kinds("gateway.networking.k8s.io", "v1", "Namespaced", { GRPCRoute: "grpcroutes", HTTPRoute: "httproutes" }),
  ...kinds("argoproj.io", "v1alpha1", "Namespaced", { AppProject: "appprojects" }),
  ...kinds(rbac, "v1", "Namespaced", { Role: "roles", RoleBinding: "rolebindings" }),
  ...kinds(rbac, "v1", "Cluster", { ClusterRole: "clusterroles", ClusterRoleBinding: "clusterrolebindings" }),
];

const kindsByName: ReadonlyMap<string, ObjectKind> = new Map(objectKinds.map((each) => [each.kind, each]));

/** The kind of that name. */
export function objectKind(name: ObjectKindName): ObjectKind {
  const found = kindsByName.get(name);
  if (found === undefined) throw new RangeError(`there is no kind ${name}`);
  return found;
}

/** The apiVersion of objects of a kind: `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<ObjectKind, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
