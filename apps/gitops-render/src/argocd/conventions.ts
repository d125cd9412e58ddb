import { componentsWithRole, type Platform, type Team } from "@plinth/core";

/** Each environment has its own Argo CD, which delivers to the cluster that it runs in. */
export const inCluster = "https://kubernetes.default.svc";

/** The project of the root application. */
export const rootProject = "plinth";

/** The project of a team's applications. */
export function projectName(team: Team): string {
  return `team-${team.name}`;
}

/** The namespace that Argo CD runs in, and reads Applications from. */
export function argoCdNamespace(platform: Platform): string {
  return componentsWithRole(platform, "delivery")[0]?.namespace ?? "argocd";
}
