import type { Environment, FoundationComponent, Platform, Resource } from "@plinth/core";
import { hostBlock } from "./address-blocks.ts";
import { networkFindings } from "./network-findings.ts";
import { networkPolicy } from "./network-policy.ts";
import { blocksOf } from "./peer.ts";
import { dnsPeers, telemetryPeers } from "./platform-peers.ts";
import { allow, type Rule, tcp, udp } from "./rule.ts";

/** What holds for each pod of a team's namespace: nothing in or out, but names can be looked up and telemetry can be sent. */
export const networkBaseline: FoundationComponent = {
  name: "network-baseline",
  layer: "foundation",
  perTeam: (platform, environment, { namespace }) => [
    networkPolicy({ name: "default-deny", namespace, pods: "every-pod", ingress: [], egress: [] }),
    ...egressPolicy("allow-dns", namespace, dnsRules(platform, environment)),
    ...egressPolicy("allow-telemetry", namespace, telemetryRules(platform)),
  ],
  check: networkFindings,
};

function egressPolicy(name: string, namespace: string, egress: readonly Rule[]): readonly Resource[] {
  return egress.length === 0 ? [] : [networkPolicy({ name, namespace, pods: "every-pod", egress })];
}

/**
 * NodeLocal DNSCache answers on the node, at an address of its own and at the one of the DNS Service: no selector of pods finds it.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
function dnsRules(platform: Platform, { network }: Environment): readonly Rule[] {
  const onNode = network.nodeLocalDns === undefined ? [] : [network.nodeLocalDns, network.clusterDns];
  return [
    ...dnsPeers(platform).flatMap(({ peer, ports }) => allow([peer], ports)),
    ...allow(blocksOf(onNode.map(hostBlock)), [tcp(53), udp(53)]),
  ];
}

function telemetryRules(platform: Platform): readonly Rule[] {
  return telemetryPeers(platform).flatMap(({ peer, ports }) => allow([peer], ports));
}
