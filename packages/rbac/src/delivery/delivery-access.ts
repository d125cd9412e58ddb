import { buildResource, type FoundationComponent, type Platform, type Resource } from "@plinth/core";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { clusterRole, type RoleDefinition } from "../roles/define-role.ts";
import { deliveryNamespace, ownProjectName, renderedProjectName, rootProjectName } from "./conventions.ts";
import { applicationDelivery, namespaceDelivery, platformDelivery } from "./delivery-roles.ts";
import { impersonation } from "./impersonation.ts";
import { repositoryFindings } from "./repository-findings.ts";
import { syncWindowFindings } from "./sync-windows.ts";

/**
 * Whom Argo CD or Flux delivers as: for each project a ServiceAccount of the project's name, which may in the project's namespace what its role says. A sync can do
 * no more, even where a project's allow-list is wrong.
 *
 * The accounts live beside Argo CD and not in the teams' namespaces: whoever creates pods in a namespace can take any ServiceAccount of it. They need no
 * token: Argo CD impersonates them, where `application.sync.impersonation.enabled` is "true" in `argocd-cm` (beta since Argo CD 3.5).
 *
 * Flux's kustomizations name theirs.
 *
 * @see https://argo-cd.readthedocs.io/en/latest/operator-manual/app-sync-using-impersonation/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#service-account-reference
 */
export const deliveryAccess: FoundationComponent = {
  name: "delivery-access",
  layer: "foundation",
  shared: (platform) => [
    ...[applicationDelivery(platform), namespaceDelivery, platformDelivery].map((role) => clusterRole(role)),
    ...deliverAs(platform, rootProjectName, applicationDelivery(platform), deliveryNamespace(platform)),
    ...impersonation(platform),
  ],
  perTeam: (platform, _environment, team) => [
    ...deliverAs(platform, renderedProjectName(team), platformDelivery, team.namespace),
    ...(team.repositories.length === 0
      ? []
      : deliverAs(platform, ownProjectName(team), namespaceDelivery, team.namespace)),
  ],
  check: (platform) => [...repositoryFindings(platform), ...syncWindowFindings(platform)],
};

function deliverAs(platform: Platform, project: string, { name: role }: RoleDefinition, namespace: string): Resource[] {
  const home = deliveryNamespace(platform);
  return [
    buildResource(ServiceAccount, {
      metadata: {
        name: project,
        namespace: home,
        annotations: {
          "kubernetes.io/description":
            platform.delivery.by === "flux"
              ? `Flux delivers as this account what belongs to ${project}.`
              : `Argo CD delivers the project ${project} as this account.`,
        },
      },
      automountServiceAccountToken: false,
    }),
    buildResource(RoleBinding, {
      metadata: { name: role, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name: project, namespace: home }],
    }),
  ];
}
