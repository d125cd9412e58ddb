import type { Resource } from "@plinth/core";
import { addressSpaceOf } from "./address-space.ts";
import type { Cluster, Workload } from "./cluster.ts";
import { addressesOf, type Connection, type Endpoint } from "./connection.ts";
import { canonicalConnections } from "./connection-set.ts";
import { matchesSelector } from "./label-selector.ts";
import { everyPort, intersectPorts, MAX_PORT, type PortRange, type PortSet, portSet, unionPorts } from "./port-set.ts";
import {
  type ReadPeer,
  type ReadPolicy,
  type ReadPort,
  type ReadRule,
  readNetworkPolicies,
} from "./read-network-policy.ts";

/**
 * Every connection that NetworkPolicies allow between workloads, and between workloads and addresses outside the cluster: the egress of the source
 * and the ingress of the destination both allow it, or are not judged by any policy. A workload's connections to itself are not listed. Blocks match
 * addresses outside the cluster, never pods. IPv6 addresses are listed when a policy names some.
 *
 * Resources of other kinds are left alone: a whole rendered tree may be given. Throws a RangeError for a NetworkPolicy that its schema refuses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 *
 * @example
 * import { type Environment, type Platform, plan } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * const rendered = plan(platform, policyComponents).files.filter(({ entry }) => entry.environment === production.name);
 * const resources = rendered.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
 * connections(clusterOf(platform, production), resources).map(describeConnection);
 */
export function connections(cluster: Cluster, resources: readonly Resource[]): readonly Connection[] {
  const { workloads } = cluster;
  const policies = readNetworkPolicies(resources);
  const space = addressSpaceOf(policies);
  const nodes = nodesOf(cluster, space.piecesOf, space.pieces.length);
  const ingress = permissionsOf(policies, "ingress", nodes);
  const egress = permissionsOf(policies, "egress", nodes);
  const endpoints = [
    ...workloads.map(({ namespace, name }): Endpoint => ({ kind: "workload", namespace, name })),
    ...space.pieces.map(addressesOf),
  ];
  return canonicalConnections(
    endpoints.flatMap((source, index) => connectionsFrom(index, source, endpoints, nodes, egress, ingress)),
  );
}

/** Workloads and pieces of the address space by number: workloads first. */
interface Nodes {
  readonly workloads: readonly Workload[];
  readonly count: number;
  /** The workloads that selectors find, by their numbers. */
  selected(policy: ReadPolicy): readonly number[];
  /** The nodes of a peer. */
  peers(policy: ReadPolicy, peer: ReadPeer): readonly number[];
}

function nodesOf(
  { namespaces, workloads }: Cluster,
  piecesOf: (cidr: string, except: readonly string[]) => readonly number[],
  pieces: number,
): Nodes {
  // A namespace that is not listed has the one label that the API server gives to each.
  const labelsOf = new Map<string, Readonly<Record<string, string>>>(
    workloads.map(({ namespace }) => [namespace, { "kubernetes.io/metadata.name": namespace }]),
  );
  for (const { name, labels } of namespaces) labelsOf.set(name, labels);
  const byNamespace = Map.groupBy(workloads.keys(), (index) => workloads[index]?.namespace ?? "");
  const podsOf = (namespace: string, selector: ReadPolicy["podSelector"]): number[] =>
    (byNamespace.get(namespace) ?? []).filter((index) => matchesSelector(selector, workloads[index]?.labels ?? {}));
  return {
    workloads,
    count: workloads.length + pieces,
    selected: ({ namespace, podSelector }) => podsOf(namespace, podSelector),
    peers: (policy, peer) => {
      if (peer.kind === "block") return piecesOf(peer.cidr, peer.except).map((piece) => workloads.length + piece);
      const { namespaceSelector, podSelector } = peer;
      if (namespaceSelector === undefined) return podsOf(policy.namespace, podSelector);
      return [...labelsOf].flatMap(([namespace, labels]) =>
        matchesSelector(namespaceSelector, labels) ? podsOf(namespace, podSelector) : [],
      );
    },
  };
}

/** What policies allow in one direction: for each workload that a policy isolates, the nodes at the other end and the ports. */
interface Permissions {
  /** By workload; a workload that no policy isolates is not in it. */
  readonly byWorkload: ReadonlyMap<number, ReadonlyMap<number, PortSet>>;
  /** The same by the node at the other end. */
  readonly byPeer: ReadonlyMap<number, readonly number[]>;
}

function permissionsOf(policies: readonly ReadPolicy[], direction: "ingress" | "egress", nodes: Nodes): Permissions {
  const byWorkload = new Map<number, Map<number, PortSet>>();
  const everyone = Array.from({ length: nodes.count }, (_, index) => index);
  for (const policy of policies) {
    const rules = policy[direction];
    if (rules === undefined) continue;
    const selected = nodes.selected(policy);
    for (const workload of selected) if (!byWorkload.has(workload)) byWorkload.set(workload, new Map());
    for (const { peers, ports } of rules) {
      const others = peers === "anyone" ? everyone : peers.flatMap((peer) => nodes.peers(policy, peer));
      const portsAt = portResolver(ports);
      for (const workload of selected) {
        const allowed = byWorkload.get(workload);
        for (const other of others) {
          const granted = portsAt(nodes.workloads[direction === "ingress" ? workload : other]);
          if (granted.length > 0) allowed?.set(other, unionPorts(allowed.get(other) ?? [], granted));
        }
      }
    }
  }
  const byPeer = new Map<number, number[]>();
  for (const [workload, allowed] of byWorkload) {
    for (const other of allowed.keys()) {
      const list = byPeer.get(other);
      if (list === undefined) byPeer.set(other, [workload]);
      else list.push(workload);
    }
  }
  return { byWorkload, byPeer };
}

/** The ports of a rule at the end that listens: the same everywhere, unless one of them is a name. */
function portResolver(ports: ReadRule["ports"]): (listening: Workload | undefined) => PortSet {
  if (ports === "every") return () => everyPort;
  const resolve = (listening: Workload | undefined): PortSet =>
    portSet(ports.flatMap((port) => resolvePort(port, listening)));
  if (ports.some(({ port }) => typeof port === "string")) return resolve;
  const everywhere = resolve(undefined);
  return () => everywhere;
}

/** The numbers that a port means; a name means nothing where no container port has it. */
function resolvePort({ protocol, port, endPort }: ReadPort, listening: Workload | undefined): PortRange[] {
  if (port === undefined) return [{ protocol, port: 1, endPort: MAX_PORT }];
  if (typeof port === "number") return [{ protocol, port, endPort: endPort ?? port }];
  return (listening?.ports ?? [])
    .filter((candidate) => candidate.name === port && candidate.protocol === protocol)
    .map((candidate) => ({ protocol, port: candidate.port, endPort: candidate.port }));
}

/** Walks only the destinations that can be reached, so that a thousand isolated services cost what their connections cost. */
function connectionsFrom(
  from: number,
  source: Endpoint,
  endpoints: readonly Endpoint[],
  nodes: Nodes,
  egress: Permissions,
  ingress: Permissions,
): Connection[] {
  const leaving = egress.byWorkload.get(from);
  const isOutside = from >= nodes.workloads.length;
  const destinations =
    leaving === undefined
      ? [...openDestinations(nodes, ingress, isOutside), ...(ingress.byPeer.get(from) ?? [])]
      : [...leaving.keys()];
  return [...new Set(destinations)].flatMap((to) => {
    const destination = endpoints[to];
    if (to === from || destination === undefined) return [];
    const outgoing = leaving === undefined ? everyPort : (leaving.get(to) ?? []);
    const entering = ingress.byWorkload.get(to);
    const incoming = entering === undefined ? everyPort : (entering.get(from) ?? []);
    return intersectPorts(outgoing, incoming).map((ports): Connection => ({ source, destination, ...ports }));
  });
}

/** Nodes that nothing judges on the way in: addresses outside, and workloads that no policy isolates. */
function openDestinations(nodes: Nodes, ingress: Permissions, isOutside: boolean): number[] {
  // What is outside reaches what is outside without the cluster.
  const last = isOutside ? nodes.workloads.length : nodes.count;
  return Array.from({ length: last }, (_, index) => index).filter((index) => !ingress.byWorkload.has(index));
}
