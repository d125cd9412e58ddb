import {
  type Component,
  componentResources,
  type Environment,
  groupOf,
  type Platform,
  type Resource,
} from "@plinth/core";

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
  return components
    .flatMap((component) => componentResources(component, platform, environment))
    .filter(isNetworkPolicy);
}

function isNetworkPolicy(resource: Resource): boolean {
  return resource.kind === "NetworkPolicy" && groupOf(resource) === "networking.k8s.io";
}
