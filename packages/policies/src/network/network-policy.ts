import { buildResource, type Resource } from "@plinth/core";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import type { Peer } from "./peer.ts";
import { mergeRules, type Rule, type TransportProtocol } from "./rule.ts";

/** Which pods of a namespace a policy is about. */
export type PodSelection = { readonly labels: Readonly<Record<string, string>> } | "every-pod";

/** A direction that is left out is not judged by the policy; an empty list refuses everything in it. */
export type Directions =
  | { readonly ingress: readonly Rule[]; readonly egress?: readonly Rule[] }
  | { readonly ingress?: readonly Rule[]; readonly egress: readonly Rule[] };

/**
 * A NetworkPolicy of typed rules. Namespace and pod labels of a peer stand together in one entry of the list, and no rule is without a peer unless it
 * says that it is for anyone.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 *
 * @example
 * networkPolicy({
 *   name: "quote-ingress",
 *   namespace: "team-integrations",
 *   pods: { labels: { "app.kubernetes.io/name": "quote" } },
 *   ingress: allow([podsIn("team-integrations", { "app.kubernetes.io/name": "shipping" })], [tcp(8090)]),
 * });
 */
export function networkPolicy({
  name,
  namespace,
  pods,
  ingress,
  egress,
}: { readonly name: string; readonly namespace: string; readonly pods: PodSelection } & Directions): Resource {
  return buildResource(NetworkPolicy, {
    metadata: { name, namespace },
    spec: {
      podSelector: pods === "every-pod" ? {} : { matchLabels: { ...pods.labels } },
      policyTypes: [
        ...(ingress === undefined ? [] : ["Ingress" as const]),
        ...(egress === undefined ? [] : ["Egress" as const]),
      ],
      // The API server drops a list without rules; the direction in `policyTypes` is what refuses.
      ...(ingress === undefined || ingress.length === 0
        ? {}
        : {
            ingress: mergeRules(ingress).map((rule) => ({
              ...(rule.peers === "anyone" ? {} : { from: rule.peers.map(peerOf) }),
              ...portsOf(rule),
            })),
          }),
      ...(egress === undefined || egress.length === 0
        ? {}
        : {
            egress: mergeRules(egress).map((rule) => ({
              ...(rule.peers === "anyone" ? {} : { to: rule.peers.map(peerOf) }),
              ...portsOf(rule),
            })),
          }),
    },
  });
}

type PeerEntry =
  | { ipBlock: { cidr: string; except?: string[] } }
  | {
      namespaceSelector: { matchLabels: Record<string, string> };
      podSelector: { matchLabels: Record<string, string> };
    }
  | {
      namespaceSelector:
        | { matchLabels: Record<string, string> }
        | { matchExpressions: { key: string; operator: "In"; values: string[] }[] };
    };

const namespaceName = "kubernetes.io/metadata.name";

function peerOf(peer: Peer): PeerEntry {
  switch (peer.kind) {
    case "block":
      return { ipBlock: { cidr: peer.cidr, ...(peer.except.length === 0 ? {} : { except: [...peer.except] }) } };
    case "pods":
      return {
        namespaceSelector: { matchLabels: { [namespaceName]: peer.namespace } },
        podSelector: { matchLabels: { ...peer.labels } },
      };
    case "namespaces": {
      const [only, ...more] = peer.names;
      return more.length === 0
        ? { namespaceSelector: { matchLabels: { [namespaceName]: only } } }
        : {
            namespaceSelector: { matchExpressions: [{ key: namespaceName, operator: "In", values: [...peer.names] }] },
          };
    }
  }
}

function portsOf({ ports }: Rule): { ports?: { protocol: TransportProtocol; port: number }[] } {
  return ports === "every" ? {} : { ports: ports.map(({ protocol, port }) => ({ protocol, port })) };
}
