import type { Environment, Resource } from "@plinth/core";
import { knowsNames } from "../external-route.ts";
import { type TransportPort, tcp, udp } from "../rule.ts";
import { ciliumNetworkPolicies, ciliumPorts } from "./cilium-network-policy.ts";
import { nodesRule } from "./cilium-rules.ts";

/**
 * What every pod of a namespace may where Cilium enforces: ask the DNS cache of its own node, and ports of what else runs in the nodes' network. Both are
 * entities there and no blocks of addresses.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export function ciliumBaseline(
  environment: Environment,
  namespace: string,
  onNodes: readonly TransportPort[],
): readonly Resource[] {
  if (!knowsNames(environment)) return [];
  return ciliumNetworkPolicies({
    name: "allow-nodes",
    namespace,
    pods: "every-pod",
    egress: [
      ...(environment.network.nodeLocalDns === undefined
        ? []
        : [{ toEntities: ["host" as const], toPorts: ciliumPorts([tcp(53), udp(53)]) }]),
      ...(onNodes.length === 0 ? [] : [nodesRule(onNodes)]),
    ],
  });
}
