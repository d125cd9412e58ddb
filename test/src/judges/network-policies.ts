import { type Environment, groupOf, type Resource } from "@plinth/core";
import { objectsOfEnvironment, type RenderedTree } from "./rendered-tree.ts";

/** The NetworkPolicies that one environment's cluster sees. */
export function networkPoliciesIn(tree: RenderedTree, environment: Environment): readonly Resource[] {
  return objectsOfEnvironment(tree, environment.name).flatMap(({ resource }) =>
    isNetworkPolicy(resource) ? [resource] : [],
  );
}

/** True for a NetworkPolicy of Kubernetes itself. */
export function isNetworkPolicy(resource: Resource): boolean {
  return resource.kind === "NetworkPolicy" && groupOf(resource) === "networking.k8s.io";
}
