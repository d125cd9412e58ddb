import { buildUntypedResource, type Resource } from "@plinth/core";
import type { PodSelection } from "../network-policy.ts";
import type { TransportPort } from "../rule.ts";

/**
 * What Plinth says in a CiliumNetworkPolicy of `cilium.io/v2`: egress that a NetworkPolicy has no words for.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 */
export interface CiliumNetworkPolicySpec {
  endpointSelector: { matchLabels?: Record<string, string> };
  egress: CiliumEgressRule[];
}

/** One kind of peer, and its ports. */
export interface CiliumEgressRule {
  toEndpoints?: { matchLabels: Record<string, string> }[];
  toEntities?: CiliumEntity[];
  toFQDNs?: { matchName: string }[];
  toPorts: CiliumPortRule[];
}

/** What Cilium knows by a name of its own. `host` is the pod's own node. */
export type CiliumEntity = "host" | "remote-node" | "kube-apiserver";

export interface CiliumPortRule {
  ports: { port: string; protocol: "TCP" | "UDP" | "SCTP" }[];
  /** Lookups that are read, so that Cilium learns the addresses of names. */
  rules?: { dns: { matchPattern: string }[] };
}

/** A CiliumNetworkPolicy; none for no rules. */
export function ciliumNetworkPolicies({
  name,
  namespace,
  pods,
  egress,
}: {
  readonly name: string;
  readonly namespace: string;
  readonly pods: PodSelection;
  readonly egress: readonly CiliumEgressRule[];
}): readonly Resource[] {
  if (egress.length === 0) return [];
  const spec: CiliumNetworkPolicySpec = {
    endpointSelector: pods === "every-pod" ? {} : { matchLabels: { ...pods.labels } },
    egress: [...egress],
  };
  return [
    buildUntypedResource({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name, namespace },
      spec,
    }),
  ];
}

/** Ports as Cilium writes them: as text. */
export function ciliumPorts(ports: readonly TransportPort[]): CiliumPortRule[] {
  return [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }];
}
