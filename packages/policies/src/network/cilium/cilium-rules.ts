import type { Environment, Platform } from "@plinth/core";
import { dnsPeers } from "../platform-peers.ts";
import { type TransportPort, tcp, udp } from "../rule.ts";
import { type CiliumEgressRule, ciliumPorts } from "./cilium-network-policy.ts";

/**
 * Hosts by their names, and the lookups by which Cilium learns where those are: without them it knows no address of a name.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#dns-based
 */
export function hostRules(
  platform: Platform,
  environment: Environment,
  hosts: readonly { readonly host: string; readonly port: number }[],
): readonly CiliumEgressRule[] {
  if (hosts.length === 0) return [];
  const byPort = [...Map.groupBy(hosts, ({ port }) => port)].sort(([a], [b]) => a - b);
  return [
    ...lookupRules(platform, environment),
    ...byPort.map(([port, named]) => ({
      toFQDNs: [...new Set(named.map(({ host }) => host))].sort().map((matchName) => ({ matchName })),
      toPorts: ciliumPorts([tcp(port)]),
    })),
  ];
}

function lookupRules(platform: Platform, environment: Environment): readonly CiliumEgressRule[] {
  const read = (ports: readonly TransportPort[]): CiliumEgressRule["toPorts"] =>
    ciliumPorts(ports).map((rule) => ({ ...rule, rules: { dns: [{ matchPattern: "*" }] } }));
  return [
    ...dnsPeers(platform, environment).flatMap(({ peers, ports }) =>
      peers.flatMap((peer) =>
        peer.kind === "pods"
          ? [
              {
                toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": peer.namespace, ...peer.labels } }],
                toPorts: read(ports),
              },
            ]
          : [],
      ),
    ),
    ...(environment.network.nodeLocalDns === undefined
      ? []
      : [{ toEntities: ["host" as const], toPorts: read([tcp(53), udp(53)]) }]),
  ];
}

/**
 * The API server, wherever it is.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based
 */
export const apiServerRule: CiliumEgressRule = {
  toEntities: ["kube-apiserver"],
  toPorts: ciliumPorts([tcp(443), tcp(6443)]),
};

/** The agent that gives a pod its cloud role, on the pod's own node: to Cilium no address, but the entity `host` (https://github.com/cilium/cilium/issues/34387). */
export const podIdentityRule: CiliumEgressRule = { toEntities: ["host"], toPorts: ciliumPorts([tcp(80)]) };

/** Ports of the nodes, which no block of addresses matches in Cilium. */
export function nodesRule(ports: readonly TransportPort[]): CiliumEgressRule {
  return { toEntities: ["host", "remote-node"], toPorts: ciliumPorts(ports) };
}
