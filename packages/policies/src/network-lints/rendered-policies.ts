import { type Component, type Environment, groupOf, type Platform, type Resource, servicesIn } from "@plinth/core";

/** The NetworkPolicies that components make for every environment alike. */
export function sharedPolicies(platform: Platform, components: readonly Component[]): readonly Resource[] {
  return components
    .flatMap((component) => (component.layer === "foundation" ? (component.shared?.(platform) ?? []) : []))
    .filter(isNetworkPolicy);
}

/** The NetworkPolicies that components make for one environment, without those that are equal in all. */
export function policiesIn(
  platform: Platform,
  environment: Environment,
  components: readonly Component[],
): readonly Resource[] {
  return components.flatMap((component) => resourcesOf(platform, environment, component)).filter(isNetworkPolicy);
}

function resourcesOf(platform: Platform, environment: Environment, component: Component): readonly Resource[] {
  if (component.layer === "argocd") return [];
  return [
    ...(component.layer === "foundation" ? (component.perEnvironment?.(platform, environment) ?? []) : []),
    ...platform.teams.flatMap((team) => component.perTeam?.(platform, environment, team) ?? []),
    ...servicesIn(platform, environment).flatMap(
      (service) => component.perService?.(platform, environment, service) ?? [],
    ),
  ];
}

function isNetworkPolicy(resource: Resource): boolean {
  return resource.kind === "NetworkPolicy" && groupOf(resource) === "networking.k8s.io";
}
