import type { Actor } from "./attempt.ts";
import type { Guarded } from "./guarded.ts";

/** Somebody as the API server knows them. */
export interface ActingIdentity {
  readonly user: string;
  readonly groups: readonly string[];
  /** Whether they have to be bound to cluster-admin to be let through by RBAC; the others hold what is rendered, or what Kubernetes gives them. */
  readonly boundToClusterAdmin: boolean;
}

/** Who each actor is on a platform; there is no break-glass where none is declared. */
export function actorsOf({
  platform,
  kyvernoNamespace,
  deliveryNamespace,
}: Guarded): ReadonlyMap<Actor, ActingIdentity> {
  const emergency = platform.breakGlass.find(({ team, role }) => team === undefined && role === "cluster-admin");
  return new Map<Actor, ActingIdentity>([
    ["cluster-admin", { user: "jane", groups: ["everything"], boundToClusterAdmin: true }],
    ["platform-admin", { user: "ada", groups: [platform.groups.admins], boundToClusterAdmin: false }],
    ...(emergency === undefined
      ? []
      : [["break-glass", { user: "rae", groups: [emergency.group], boundToClusterAdmin: true }] as const]),
    ["delivery", account(deliveryNamespace, "argocd-application-controller", true)],
    ["kyverno", account(kyvernoNamespace, "kyverno-admission-controller", true)],
    ["namespace-controller", account("kube-system", "namespace-controller", false)],
    ["last-resort", { user: "root", groups: ["system:masters"], boundToClusterAdmin: false }],
  ]);
}

function account(namespace: string, name: string, boundToClusterAdmin: boolean): ActingIdentity {
  return {
    user: `system:serviceaccount:${namespace}:${name}`,
    groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`],
    boundToClusterAdmin,
  };
}
