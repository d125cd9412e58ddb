import type { Environment, Platform, PlatformComponent, Resource } from "@plinth/core";
import { ciliumNetworkPolicies } from "../network/cilium/cilium-network-policy.ts";
import { apiServerRule, hostRules, nodesRule, podIdentityRule } from "../network/cilium/cilium-rules.ts";
import { externalRoute, hostsThroughGateways, knowsNames } from "../network/external-route.ts";
import { egressGateways } from "../network/mesh.ts";
import type { TransportPort } from "../network/rule.ts";
import { softwareOf } from "./catalogue.ts";
import { flowsEverywhere } from "./flows-everywhere.ts";

/** What a component connects to and a NetworkPolicy cannot say on Cilium: nodes, the API server, hosts by their names. */
export function componentCiliumPolicies(
  platform: Platform,
  environment: Environment,
  component: PlatformComponent,
): readonly Resource[] {
  if (!knowsNames(environment)) return [];
  const named = [
    ...component.connects.flatMap((connection) =>
      "host" in connection && externalRoute(platform, environment, connection).by === "name" ? [connection] : [],
    ),
    ...(egressGateways(platform, environment).includes(component)
      ? hostsThroughGateways(platform, environment).map(({ host }) => host)
      : []),
  ];
  return ciliumNetworkPolicies({
    name: `${component.name}-egress`,
    namespace: component.namespace,
    pods: { labels: component.podLabels },
    egress: [
      ...hostRules(platform, environment, named),
      ...portsOnNodes(platform, component).map(nodesRule),
      ...(softwareOf(component)?.connects ?? []).flatMap((destination) => {
        switch (destination.to) {
          case "api-server":
            return [apiServerRule];
          case "nodes":
            return [nodesRule(destination.ports)];
          case "token-service":
            return environment.cluster.workloadIdentity === "pod-identity" ? [podIdentityRule] : [];
          default:
            return [];
        }
      }),
    ],
  });
}

/** The ports of other components that a component connects to in the nodes' network. */
export function portsOnNodes(platform: Platform, component: PlatformComponent): readonly (readonly TransportPort[])[] {
  return flowsEverywhere(platform).flatMap(({ from, to, ports }) =>
    from !== "anyone" &&
    "component" in from &&
    from.component === component &&
    to !== "anyone" &&
    "component" in to &&
    to.component.hostNetwork
      ? [ports]
      : [],
  );
}
