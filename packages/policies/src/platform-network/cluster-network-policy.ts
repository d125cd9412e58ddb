import { buildUntypedResource, type Resource } from "@plinth/core";
import type { TransportPort, TransportProtocol } from "../network/rule.ts";

/**
 * What Plinth says in a ClusterNetworkPolicy of `policy.networking.k8s.io/v1alpha2`. `Admin` is judged before every NetworkPolicy, `Baseline` where no
 * NetworkPolicy judges.
 *
 * @see https://github.com/kubernetes-sigs/network-policy-api/blob/v0.2.0/apis/v1alpha2/clusternetworkpolicy_types.go
 */
export interface ClusterNetworkPolicySpec {
  tier: "Admin" | "Baseline";
  /** 0 to 1000; the lower one is judged first. */
  priority: number;
  subject: { namespaces: NamespaceSelector };
  ingress?: ClusterIngressRule[];
  egress?: ClusterEgressRule[];
}

/** At most 25 rules, each with 1 to 25 peers and protocols. */
export interface ClusterIngressRule {
  name: string;
  action: "Accept" | "Deny" | "Pass";
  from: PodsPeerEntry[];
  protocols?: ProtocolEntry[];
}

export interface ClusterEgressRule {
  name: string;
  action: "Accept" | "Deny" | "Pass";
  to: (PodsPeerEntry | { networks: string[] })[];
  protocols?: ProtocolEntry[];
}

export type PodsPeerEntry =
  | { namespaces: NamespaceSelector }
  | { pods: { namespaceSelector: NamespaceSelector; podSelector: { matchLabels: Record<string, string> } } };

export interface NamespaceSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: "In"; values: string[] }[];
}

export type ProtocolEntry = { [protocol in Lowercase<TransportProtocol>]?: { destinationPort: { number: number } } };

export function clusterNetworkPolicy(name: string, spec: ClusterNetworkPolicySpec): Resource {
  return buildUntypedResource({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata: { name },
    spec,
  });
}

const namespaceName = "kubernetes.io/metadata.name";

/** Namespaces by their names. */
export function namespacesNamed(names: readonly string[]): NamespaceSelector {
  return { matchExpressions: [{ key: namespaceName, operator: "In", values: [...names] }] };
}

/** Pods of one namespace by their labels. */
export function podsPeer(namespace: string, labels: Readonly<Record<string, string>>): PodsPeerEntry {
  return {
    pods: {
      namespaceSelector: { matchLabels: { [namespaceName]: namespace } },
      podSelector: { matchLabels: { ...labels } },
    },
  };
}

/** Ports, each once. */
export function protocolEntries(ports: readonly TransportPort[]): ProtocolEntry[] {
  const entries = new Map(ports.map(({ protocol, port }) => [`${protocol}/${port}`, entryOf(protocol, port)] as const));
  return [...entries].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, entry]) => entry);
}

function entryOf(protocol: TransportProtocol, number: number): ProtocolEntry {
  const destinationPort = { number };
  switch (protocol) {
    case "TCP":
      return { tcp: { destinationPort } };
    case "UDP":
      return { udp: { destinationPort } };
    case "SCTP":
      return { sctp: { destinationPort } };
  }
}
