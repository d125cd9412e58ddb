import type { Resource } from "@plinth/core";
import type { TransportProtocol } from "../network/rule.ts";
import { type AddressRange, holdsRange, parseAddress, rangeOf } from "./address-range.ts";
import type { Cluster, Workload } from "./cluster.ts";
import { describeEndpoint, type Endpoint } from "./connection.ts";
import { describePeer, describePorts } from "./describe-rule.ts";
import type { ConnectionExplanation, DirectionVerdict, NearRule } from "./explanation.ts";
import { matchesSelector } from "./label-selector.ts";
import { endpointNamed } from "./named-endpoint.ts";
import { namespacesOf } from "./nodes.ts";
import type { PortSet } from "./port-set.ts";
import { type ReadPeer, type ReadPolicy, type ReadRule, readNetworkPolicies } from "./read-network-policy.ts";
import { rulePortsAt } from "./rule-ports.ts";

/** A connection to ask about. */
export interface ConnectionQuestion {
  /** A workload as `namespace/name`, or an IP address. */
  readonly from: string;
  readonly to: string;
  /** The port of the pod that is connected to, not of its Service. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: TransportProtocol;
}

/**
 * Whether policies allow a connection, and the rules on both sides that say so: for one that is allowed, each rule that does; for one that is refused, the
 * side that refuses, the policies that isolate it, and the rules that come nearest.
 *
 * Throws a RangeError for a workload that the cluster does not run, for two addresses outside of it, and for a NetworkPolicy that its schema refuses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 *
 * @example
 * import type { Resource } from "@plinth/core";
 * declare const cluster: Cluster;
 * declare const resources: Resource[];
 * const question = { from: "team-frontend/frontend", to: "team-backend/checkout", port: 5050 };
 * describeExplanation(explainConnection(cluster, resources, question));
 */
export function explainConnection(
  cluster: Cluster,
  resources: readonly Resource[],
  { from, to, port, protocol = "TCP" }: ConnectionQuestion,
): ConnectionExplanation {
  return explainerOf(cluster, resources)(endpointNamed(cluster, from), endpointNamed(cluster, to), protocol, port);
}

/** Explains connections of one cluster one after another; its policies are read once. */
export type Explainer = (
  source: Endpoint,
  destination: Endpoint,
  protocol: TransportProtocol,
  port: number,
) => ConnectionExplanation;

/** The explainer of a cluster and its policies. */
export function explainerOf(cluster: Cluster, resources: readonly Resource[]): Explainer {
  const policies = Map.groupBy(readNetworkPolicies(resources), ({ namespace }) => namespace);
  const labelsOf = new Map(namespacesOf(cluster).map(({ name, labels }) => [name, labels]));
  const workloads = new Map(cluster.workloads.map((workload) => [`${workload.namespace}/${workload.name}`, workload]));
  const endOf = (endpoint: Endpoint): End => {
    if (endpoint.kind === "addresses") return addressesEnd(endpoint.first, endpoint.last);
    const workload = workloads.get(describeEndpoint(endpoint));
    if (workload === undefined) throw new RangeError(`${describeEndpoint(endpoint)} does not run in this cluster`);
    return { kind: "workload", workload, namespaceLabels: labelsOf.get(workload.namespace) ?? {} };
  };
  return (source, destination, protocol, port) => {
    const [leaving, entering] = [endOf(source), endOf(destination)];
    if (leaving.kind === "addresses" && entering.kind === "addresses")
      throw new RangeError("a connection between two addresses outside the cluster is judged by no policy of it");
    const listening = entering.kind === "workload" ? entering.workload : undefined;
    const judge = (direction: "egress" | "ingress", self: End, other: End): DirectionVerdict =>
      self.kind === "addresses"
        ? { verdict: "outside" }
        : verdictOf(policies.get(self.workload.namespace) ?? [], {
            direction,
            self: self.workload,
            other,
            isPort: (ports) => holdsPort(rulePortsAt(ports)(listening), protocol, port),
          });
    const egress = judge("egress", leaving, entering);
    const ingress = judge("ingress", entering, leaving);
    const allowed = egress.verdict !== "refused" && ingress.verdict !== "refused";
    return { source, destination, protocol, port, allowed, egress, ingress };
  };
}

/** An end with everything that peers ask of it. */
type End =
  | {
      readonly kind: "workload";
      readonly workload: Workload;
      readonly namespaceLabels: Readonly<Record<string, string>>;
    }
  | { readonly kind: "addresses"; readonly range: AddressRange };

function addressesEnd(first: string, last: string): End {
  const { family, value } = parseAddress(first);
  return { kind: "addresses", range: { family, first: value, last: parseAddress(last).value } };
}

interface Side {
  readonly direction: "egress" | "ingress";
  readonly self: Workload;
  readonly other: End;
  readonly isPort: (ports: ReadRule["ports"]) => boolean;
}

function verdictOf(policies: readonly ReadPolicy[], { direction, self, other, isPort }: Side): DirectionVerdict {
  const isolating = policies.filter(
    (policy) => policy[direction] !== undefined && matchesSelector(policy.podSelector, self.labels),
  );
  if (isolating.length === 0) return { verdict: "not-isolated" };
  const rules = isolating.flatMap((policy) =>
    (policy[direction] ?? []).map((rule, index) => ({
      reference: { policy: nameOf(policy), path: `spec.${direction}[${index}]` },
      rule,
      namespace: policy.namespace,
      fitsPeer: rule.peers === "anyone" || rule.peers.some((peer) => isPeer(peer, policy.namespace, other)),
      fitsPort: isPort(rule.ports),
    })),
  );
  const by = rules.filter(({ fitsPeer, fitsPort }) => fitsPeer && fitsPort).map(({ reference }) => reference);
  if (by.length > 0) return { verdict: "allowed", by };
  return {
    verdict: "refused",
    isolatedBy: isolating.map(nameOf).sort(),
    // The peer on a wrong port is nearer than the port of somebody else.
    nearest: [
      ...rules.filter(({ fitsPeer }) => fitsPeer).map(wrongPort),
      ...rules.filter(({ fitsPort }) => fitsPort).map(wrongPeer),
    ],
  };
}

interface JudgedRule {
  readonly reference: { readonly policy: string; readonly path: string };
  readonly rule: ReadRule;
  readonly namespace: string;
}

function wrongPort({ reference, rule }: JudgedRule): NearRule {
  return { ...reference, misses: "port", allows: describePorts(rule.ports) };
}

function wrongPeer({ reference, rule, namespace }: JudgedRule): NearRule {
  const peers = rule.peers === "anyone" ? ["anyone"] : rule.peers.map((peer) => describePeer(peer, namespace));
  return { ...reference, misses: "peer", allows: peers.join("; ") };
}

function isPeer(peer: ReadPeer, ownNamespace: string, other: End): boolean {
  if (peer.kind === "block") {
    if (other.kind !== "addresses") return false;
    const { range } = other;
    return holdsRange(rangeOf(peer.cidr), range) && !peer.except.some((hole) => holdsRange(rangeOf(hole), range));
  }
  if (other.kind !== "workload") return false;
  const inNamespace =
    peer.namespaceSelector === undefined
      ? other.workload.namespace === ownNamespace
      : matchesSelector(peer.namespaceSelector, other.namespaceLabels);
  return inNamespace && matchesSelector(peer.podSelector, other.workload.labels);
}

function holdsPort(ports: PortSet, protocol: TransportProtocol, port: number): boolean {
  return ports.some((range) => range.protocol === protocol && range.port <= port && port <= range.endPort);
}

function nameOf({ namespace, name }: ReadPolicy): string {
  return `${namespace}/${name}`;
}
