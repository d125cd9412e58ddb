import { type Environment, namespaceOf, type Platform, podLabelsOf, type Resource, type Service } from "@plinth/core";
import { externalRoute, knowsNames } from "../external-route.ts";
import { ciliumNetworkPolicies } from "./cilium-network-policy.ts";
import { apiServerRule, hostRules, podIdentityRule } from "./cilium-rules.ts";

/** What a service connects to and a NetworkPolicy cannot say: hosts by their names, the API server and the node's agent as Cilium knows them. */
export function serviceCiliumPolicies(
  platform: Platform,
  environment: Environment,
  service: Service,
): readonly Resource[] {
  if (!knowsNames(environment)) return [];
  const named = service.external.filter((host) => externalRoute(platform, environment, host).by === "name");
  return ciliumNetworkPolicies({
    name: `${service.name}-egress`,
    namespace: namespaceOf(platform, service),
    pods: { labels: podLabelsOf(service) },
    egress: [
      ...hostRules(platform, environment, named),
      ...(service.kubernetesApi === undefined ? [] : [apiServerRule]),
      ...(service.cloudRole !== undefined && environment.cluster.workloadIdentity === "pod-identity"
        ? [podIdentityRule]
        : []),
    ],
  });
}
