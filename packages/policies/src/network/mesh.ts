import { componentsWithRole, type Environment, type Mesh, type Platform, type PlatformComponent } from "@plinth/core";
import { isIpv6 } from "./address-blocks.ts";
import { type BlockPeer, block } from "./peer.ts";
import { type TransportPort, tcp } from "./rule.ts";

/** What a mesh needs of the network between pods. */
export interface MeshNetwork {
  /** The port that carries connections between two pods of the mesh, beside the port that they mean. */
  readonly tunnel?: TransportPort;
  /** Where the kubelet's probes come from when it is not the node. */
  readonly probes: readonly BlockPeer[];
  /** The proxy in each pod asks istiod for its configuration. */
  readonly proxies: boolean;
  /** Ports of the proxy in each pod that are scraped. */
  readonly proxyMetrics: readonly TransportPort[];
}

/**
 * Istio's ports, by the way that it carries traffic.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
const meshes: Readonly<Record<Mesh, MeshNetwork>> = {
  none: { probes: [], proxies: false, proxyMetrics: [] },
  "istio-sidecar": { probes: [], proxies: true, proxyMetrics: [tcp(15020), tcp(15090)] },
  "istio-ambient": {
    tunnel: tcp(15008),
    // The node agent gives probes this source, so that ztunnel knows them: only the pod's own node can.
    probes: [block("169.254.7.127/32"), block("fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128")],
    proxies: false,
    proxyMetrics: [],
  },
};

/** What the mesh of an environment needs of the network. */
export function meshOf({ network }: Pick<Environment, "network">): MeshNetwork {
  const mesh = meshes[network.mesh];
  return { ...mesh, probes: mesh.probes.filter(({ cidr }) => isIpv6(cidr) === isIpv6(network.services)) };
}

/** The ports that two pods of the mesh connect on: those that they mean, and the tunnel's. */
export function portsInMesh(
  environment: Pick<Environment, "network">,
  ports: readonly TransportPort[],
): TransportPort[] {
  const { tunnel } = meshOf(environment);
  return tunnel === undefined || ports.length === 0 ? [...ports] : [...ports, tunnel];
}

/** The gateways through which services leave the cluster by name; only a mesh sends them there. */
export function egressGateways(
  platform: Platform,
  { network }: Pick<Environment, "network">,
): readonly PlatformComponent[] {
  return network.mesh === "none" ? [] : componentsWithRole(platform, "egress-gateway");
}
