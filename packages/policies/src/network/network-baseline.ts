import {
  componentsWithRole,
  type Environment,
  type FoundationComponent,
  type Platform,
  type Resource,
} from "@plinth/core";
import { portsOfSoftware } from "../platform-network/component-ports.ts";
import { hostBlock } from "./address-blocks.ts";
import { ciliumBaseline } from "./cilium/cilium-baseline.ts";
import { meshOf } from "./mesh.ts";
import { networkFindings } from "./network-findings.ts";
import { networkPolicy } from "./network-policy.ts";
import { blocksOf } from "./peer.ts";
import { componentPeers, dnsPeers, peersWithRole, portsNamed, telemetryPeers } from "./platform-peers.ts";
import { allow, allowEveryPort, type Rule, type TransportPort, tcp, udp } from "./rule.ts";

/**
 * What holds for each pod of a team's namespace: nothing in or out, but names can be looked up, telemetry can be sent, and the mesh can do its work. The
 * kubelet's probes come from the pod's own node, which no NetworkPolicy refuses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export const networkBaseline: FoundationComponent = {
  name: "network-baseline",
  layer: "foundation",
  perTeam: (platform, environment, { namespace }) => [
    networkPolicy({ name: "default-deny", namespace, pods: "every-pod", ingress: [], egress: [] }),
    ...egressPolicy("allow-dns", namespace, dnsRules(platform, environment)),
    ...egressPolicy("allow-telemetry", namespace, telemetryRules(platform, environment)),
    ...meshPolicies(platform, environment, namespace),
    ...ciliumBaseline(environment, namespace, agentsOnNodes(platform)),
  ],
  check: networkFindings,
};

function egressPolicy(name: string, namespace: string, egress: readonly Rule[]): readonly Resource[] {
  return egress.length === 0 ? [] : [networkPolicy({ name, namespace, pods: "every-pod", egress })];
}

function meshPolicies(platform: Platform, environment: Environment, namespace: string): readonly Resource[] {
  const { probes, proxies, proxyMetrics } = meshOf(environment);
  const about = { namespace, pods: "every-pod" } as const;
  return [
    ...(probes.length === 0
      ? []
      : [networkPolicy({ ...about, name: "allow-probes", ingress: allowEveryPort(probes) })]),
    ...(proxies
      ? [
          networkPolicy({
            ...about,
            name: "allow-mesh",
            ingress: allow(peersWithRole(platform, environment, "metrics-scraper"), proxyMetrics),
            egress: platform.components
              .filter(({ software }) => software === "istiod")
              .flatMap((istiod) => allow(componentPeers(istiod, environment), portsOfSoftware(istiod, "xds"))),
          }),
        ]
      : []),
  ];
}

/**
 * NodeLocal DNSCache answers on the node, at an address of its own and at the one of the DNS Service: no selector of pods finds it.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export function dnsRules(platform: Platform, environment: Environment): readonly Rule[] {
  const { network } = environment;
  const onNode = network.nodeLocalDns === undefined ? [] : [network.nodeLocalDns, network.clusterDns];
  return [
    ...dnsPeers(platform, environment).flatMap(({ peers, ports }) => allow(peers, ports)),
    ...allow(blocksOf(onNode.map(hostBlock)), [tcp(53), udp(53)]),
  ];
}

/** The ports of telemetry agents in the nodes' network. */
function agentsOnNodes(platform: Platform): readonly TransportPort[] {
  return componentsWithRole(platform, "telemetry-agent").flatMap((agent) =>
    agent.hostNetwork ? portsNamed(agent, "otlp").map(tcp) : [],
  );
}

function telemetryRules(platform: Platform, environment: Environment): readonly Rule[] {
  return telemetryPeers(platform, environment).flatMap(({ peers, ports }) => allow(peers, ports));
}
