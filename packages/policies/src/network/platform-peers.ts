import {
  componentsWithRole,
  type DataStore,
  type Environment,
  formerProtocolPorts,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  type PlatformRole,
  podLabelsOf,
  type Service,
} from "@plinth/core";
import { blocksOf, type Peer, type PodsPeer, podsIn } from "./peer.ts";
import { type TransportPort, tcp, udp } from "./rule.ts";

/** The pods of a service, or of a data store in the cluster. */
export function podsOf(platform: Platform, entry: Service | DataStore): PodsPeer {
  return podsIn(namespaceOf(platform, entry), podLabelsOf(entry));
}

/** What plays a part for services: where it is, and the ports that services reach there. */
export interface PlatformPeer {
  readonly peers: readonly Peer[];
  readonly ports: readonly TransportPort[];
}

// How every distribution installs CoreDNS; a platform says so only when its own is elsewhere:
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/cluster/addons/dns/coredns/coredns.yaml.base
const clusterDns: PlatformPeer = {
  peers: [podsIn("kube-system", { "k8s-app": "kube-dns" })],
  ports: [tcp(53), udp(53)],
};

/** Cluster DNS: on its ports named `dns`, over both protocols. */
export function dnsPeers(platform: Platform, environment: Environment): readonly PlatformPeer[] {
  const components = componentsWithRole(platform, "dns");
  if (components.length === 0) return [clusterDns];
  return components.map((component) => ({
    peers: componentPeers(component, environment),
    ports: portsNamed(component, "dns").flatMap((port) => [tcp(port), udp(port)]),
  }));
}

/** The collectors that services send telemetry to: on their ports named `otlp`, and on those of former protocols that the environment accepts. */
export function telemetryPeers(platform: Platform, environment: Environment): readonly PlatformPeer[] {
  return componentsWithRole(platform, "telemetry-agent").map((component) => ({
    peers: componentPeers(component, environment),
    ports: [...portsNamed(component, "otlp"), ...formerPorts(component, environment)].map(tcp),
  }));
}

/** Ports on which an environment's agents take the protocols of services that are still to be moved. */
export function formerPorts(component: PlatformComponent, { telemetry }: Environment): readonly number[] {
  return telemetry.accepts
    .flatMap((protocol) => formerProtocolPorts[protocol])
    .map(({ name, port }) => component.ports[name] ?? port);
}

/** Where all components with a role are. */
export function peersWithRole(platform: Platform, environment: Environment, role: PlatformRole): readonly Peer[] {
  return componentsWithRole(platform, role).flatMap((component) => componentPeers(component, environment));
}

/** Ports of a component whose name is the prefix or begins with it and a dash: `otlp-grpc`. */
export function portsNamed(component: PlatformComponent, prefix: string): readonly number[] {
  return Object.entries(component.ports).flatMap(([name, port]) =>
    name === prefix || name.startsWith(`${prefix}-`) ? [port] : [],
  );
}

/** Where a component is: its pods, or the nodes of the environment when it is in their network. None for pods without labels: `networkFindings` reports them. */
export function componentPeers(
  { hostNetwork, namespace, podLabels }: PlatformComponent,
  { network }: { readonly network: Pick<Environment["network"], "nodes"> },
): readonly Peer[] {
  if (hostNetwork) return blocksOf(network.nodes);
  return Object.keys(podLabels).length === 0 ? [] : [podsIn(namespace, podLabels)];
}

/** True when a selector finds a component's pods: they have labels, and a network of their own. */
export function isSelectable({ hostNetwork, podLabels }: PlatformComponent): boolean {
  return !hostNetwork && Object.keys(podLabels).length > 0;
}
