import {
  type Environment,
  type FoundationComponent,
  type Platform,
  placementIn,
  type Resource,
  scrapedPortsOf,
  servicesIn,
} from "@plinth/core";
import { hostBlock, isIpv6, metadataServices } from "../network/address-blocks.ts";
import { meshOf } from "../network/mesh.ts";
import type { Peer } from "../network/peer.ts";
import { dnsPeers, peersWithRole, telemetryPeers } from "../network/platform-peers.ts";
import { type TransportPort, tcp, udp } from "../network/rule.ts";
import {
  type ClusterEgressRule,
  type ClusterIngressRule,
  clusterNetworkPolicy,
  namespacesNamed,
  podsPeer,
  protocolEntries,
} from "./cluster-network-policy.ts";
import { protectedNamespaces } from "./protected-namespaces.ts";

/**
 * Tiers above and below every NetworkPolicy, where an environment asks for them: what no team can open or cut off, and a default that refuses even where
 * a namespace has lost its own.
 */
export const platformTier: FoundationComponent = {
  name: "platform-tier",
  layer: "foundation",
  perEnvironment: (platform, environment) =>
    environment.network.additionalPolicies.includes("cluster-network-policy")
      ? [adminTier(platform, environment), baselineTier(platform, environment)]
      : [],
};

function adminTier(platform: Platform, environment: Environment): Resource {
  const ingress = monitoringRules(platform, environment);
  return clusterNetworkPolicy("plinth-teams", {
    tier: "Admin",
    priority: 100,
    subject: { namespaces: namespacesNamed(platform.teams.map(({ namespace }) => String(namespace)).sort()) },
    ...(ingress.length === 0 ? {} : { ingress }),
    egress: [
      {
        name: "refuse-metadata-service",
        action: "Deny",
        to: [{ networks: metadataServices.filter((cidr) => isIpv6(cidr) === isIpv6(environment.network.services)) }],
      },
      ...dnsRules(platform, environment),
      ...telemetryPeers(platform, environment).flatMap(({ peers, ports }) => accept("allow-telemetry", peers, ports)),
    ],
  });
}

function dnsRules(platform: Platform, environment: Environment): ClusterEgressRule[] {
  const { nodeLocalDns, clusterDns } = environment.network;
  return [
    ...dnsPeers(platform, environment).flatMap(({ peers, ports }) => accept("allow-dns", peers, ports)),
    ...(nodeLocalDns === undefined
      ? []
      : [
          {
            name: "allow-node-dns",
            action: "Accept" as const,
            to: [{ networks: [nodeLocalDns, clusterDns].map(hostBlock) }],
            protocols: protocolEntries([tcp(53), udp(53)]),
          },
        ]),
  ];
}

// The kind takes no more in one rule.
const mostProtocols = 25;

/** The scraper, on every port that some service or its proxy is scraped on: a policy has one subject, and all services share it. */
function monitoringRules(platform: Platform, environment: Environment): ClusterIngressRule[] {
  const ports = [
    ...servicesIn(platform, environment).flatMap((service) => scrapedPortsOf(service).map(({ port }) => tcp(port))),
    ...platform.dataStores
      .filter((store) => placementIn(store, environment).kind === "in-cluster")
      .flatMap(({ metrics }) => metrics.map(({ port }) => tcp(port))),
  ];
  const protocols = protocolEntries([...ports, ...meshOf(environment).proxyMetrics]);
  const from = peersWithRole(platform, environment, "metrics-scraper").flatMap((peer) =>
    peer.kind === "pods" ? [podsPeer(peer.namespace, peer.labels)] : [],
  );
  if (from.length === 0) return [];
  return Array.from({ length: Math.ceil(protocols.length / mostProtocols) }, (_, index) => ({
    name: index === 0 ? "allow-monitoring" : `allow-monitoring-${index + 1}`,
    action: "Accept",
    from,
    protocols: protocols.slice(index * mostProtocols, (index + 1) * mostProtocols),
  }));
}

function accept(name: string, peers: readonly Peer[], ports: readonly TransportPort[]): ClusterEgressRule[] {
  const to = peers.map(peerEntry);
  return to.length === 0 || ports.length === 0
    ? []
    : [{ name, action: "Accept", to, protocols: protocolEntries(ports) }];
}

function peerEntry(peer: Peer): ClusterEgressRule["to"][number] {
  switch (peer.kind) {
    case "pods":
      return podsPeer(peer.namespace, peer.labels);
    case "block":
      return { networks: [peer.cidr] };
    case "namespaces":
      return { namespaces: namespacesNamed(peer.names) };
  }
}

/** Judged only for pods that no NetworkPolicy selects: those of a namespace whose `default-deny` is gone. */
function baselineTier(platform: Platform, environment: Environment): Resource {
  const everything = isIpv6(environment.network.services) ? "::/0" : "0.0.0.0/0";
  return clusterNetworkPolicy("plinth-default-deny", {
    tier: "Baseline",
    priority: 100,
    subject: { namespaces: namespacesNamed([...protectedNamespaces(platform)].sort()) },
    ingress: [{ name: "refuse-pods", action: "Deny", from: [{ namespaces: {} }] }],
    egress: [
      { name: "refuse-pods", action: "Deny", to: [{ namespaces: {} }] },
      { name: "refuse-addresses", action: "Deny", to: [{ networks: [everything] }] },
    ],
  });
}
