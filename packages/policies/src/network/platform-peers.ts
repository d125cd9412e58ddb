import {
  componentsWithRole,
  type DataStore,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  type PlatformRole,
  podLabelsOf,
  type Service,
} from "@plinth/core";
import { type PodsPeer, podsIn } from "./peer.ts";
import { type TransportPort, tcp, udp } from "./rule.ts";

/** The pods of a service, or of a data store in the cluster. */
export function podsOf(platform: Platform, entry: Service | DataStore): PodsPeer {
  return podsIn(namespaceOf(platform, entry), podLabelsOf(entry));
}

/** What plays a part for services: its pods, and the ports that services reach there. */
export interface PlatformPeer {
  readonly peer: PodsPeer;
  readonly ports: readonly TransportPort[];
}

// How every distribution installs CoreDNS; a platform says so only when its own is elsewhere:
// https://github.com/kubernetes/kubernetes/blob/v1.36.0/cluster/addons/dns/coredns/coredns.yaml.base
const clusterDns: PlatformPeer = { peer: podsIn("kube-system", { "k8s-app": "kube-dns" }), ports: [tcp(53), udp(53)] };

/** Cluster DNS: on its ports named `dns`, over both protocols. */
export function dnsPeers(platform: Platform): readonly PlatformPeer[] {
  const components = selectableWithRole(platform, "dns");
  if (components.length === 0) return [clusterDns];
  return components.map((component) => ({
    peer: peerOf(component),
    ports: portsNamed(component, "dns").flatMap((port) => [tcp(port), udp(port)]),
  }));
}

/** The collectors that services send telemetry to: on their ports named `otlp`. */
export function telemetryPeers(platform: Platform): readonly PlatformPeer[] {
  return selectableWithRole(platform, "telemetry-agent").map((component) => ({
    peer: peerOf(component),
    ports: portsNamed(component, "otlp").map(tcp),
  }));
}

/** Pods of all components with a role. */
export function peersWithRole(platform: Platform, role: PlatformRole): readonly PodsPeer[] {
  return selectableWithRole(platform, role).map(peerOf);
}

/** Ports of a component whose name is the prefix or begins with it and a dash: `otlp-grpc`. */
export function portsNamed(component: PlatformComponent, prefix: string): readonly number[] {
  return Object.entries(component.ports).flatMap(([name, port]) =>
    name === prefix || name.startsWith(`${prefix}-`) ? [port] : [],
  );
}

/** Components of a role whose pods have a label to be selected by: `networkFindings` reports the others. */
function selectableWithRole(platform: Platform, role: PlatformRole): readonly PlatformComponent[] {
  return componentsWithRole(platform, role).filter(({ podLabels }) => Object.keys(podLabels).length > 0);
}

function peerOf({ namespace, podLabels }: PlatformComponent): PodsPeer {
  return podsIn(namespace, podLabels);
}
