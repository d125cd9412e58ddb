import { componentsWithRole, type Platform, type Team } from "@plinth/core";

/** Each environment has its own Argo CD, which delivers to the cluster that it runs in. */
export const inCluster = "https://kubernetes.default.svc";

/** The project of the root application. */
export const rootProjectName = "plinth";

/** The project of what is rendered for a team: `plinth-backend`. */
export function renderedProjectName(team: Pick<Team, "name">): string {
  return `plinth-${team.name}`;
}

/** The project of a team's own repositories: `team-backend`. */
export function ownProjectName(team: Pick<Team, "name">): string {
  return `team-${team.name}`;
}

/** The namespace that Argo CD or Flux runs in, and that the objects live in by which it delivers. */
export function deliveryNamespace(platform: Platform): string {
  return (
    componentsWithRole(platform, "delivery")[0]?.namespace ??
    (platform.delivery.by === "flux" ? "flux-system" : "argocd")
  );
}
