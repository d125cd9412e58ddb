import { buildResource, type Platform, type Resource } from "@plinth/core";
import { Role } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { deliveryNamespace, ownProjectName, renderedProjectName, rootProjectName } from "./conventions.ts";

// Argo CD's own accounts: the one syncs, the other acts for whoever looks through it (argo-cd manifests/base).
const argoCdAccounts = ["argocd-application-controller", "argocd-server"];

/**
 * Lets Argo CD act as the accounts that it delivers as, each by its name, and as nobody else. Its controller may impersonate anybody as it is installed; its
 * server may not, and without this no log, no restart and no live object of an impersonating project is seen through it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonation(platform: Platform): Resource[] {
  // Flux's controller may act as anybody as it is installed, and nobody looks through it.
  if (platform.delivery.by === "flux") return [];
  const namespace = deliveryNamespace(platform);
  const name = "delivery-impersonation";
  const accounts = [
    rootProjectName,
    ...platform.teams.map(renderedProjectName),
    ...platform.teams.filter(({ repositories }) => repositories.length > 0).map(ownProjectName),
  ];
  return [
    buildResource(Role, {
      metadata: {
        name,
        namespace,
        annotations: {
          "kubernetes.io/description": "Argo CD acts as the accounts that it delivers as, which may less.",
        },
      },
      rules: [
        { apiGroups: [""], resources: ["serviceaccounts"], resourceNames: accounts.sort(), verbs: ["impersonate"] },
      ],
    }),
    buildResource(RoleBinding, {
      metadata: { name, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: argoCdAccounts.map((account) => ({ kind: "ServiceAccount", name: account, namespace })),
    }),
  ];
}
