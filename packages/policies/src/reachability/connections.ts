import type { Resource } from "@plinth/core";
import { type AddressRange, touches } from "./address-range.ts";
import { addressSpaceOf } from "./address-space.ts";
import type { Cluster } from "./cluster.ts";
import { addressesOf, type Connection, type Endpoint } from "./connection.ts";
import { canonicalConnections } from "./connection-set.ts";
import { type Nodes, nodesOf } from "./nodes.ts";
import { type Permissions, permissionsOf } from "./permissions.ts";
import { everyPort, intersectPorts, type PortSet, samePorts } from "./port-set.ts";
import { readNetworkPolicies } from "./read-network-policy.ts";

/**
 * Every connection that NetworkPolicies allow between workloads, and between workloads and addresses outside the cluster: the egress of the source
 * and the ingress of the destination both allow it, or are not judged by any policy. A workload's connections to itself are not listed. Blocks match
 * addresses outside the cluster, never pods. IPv6 addresses are listed when a policy names some.
 *
 * Resources of other kinds are left alone: a whole rendered tree may be given. Throws a RangeError for a NetworkPolicy that its schema refuses.
 *
 * @param touching Only what has one of these workloads, `namespace/name`, at an end: what a change of a few policies can open or close. @default all
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
export function connections(
  cluster: Cluster,
  resources: readonly Resource[],
  touching?: ReadonlySet<string>,
): readonly Connection[] {
  const policies = readNetworkPolicies(resources);
  const space = addressSpaceOf(policies);
  const nodes = nodesOf(cluster, space);
  const isTouched = cluster.workloads.map(({ namespace, name }) => touching?.has(`${namespace}/${name}`) !== false);
  const egress = permissionsOf(policies, "egress", nodes, isTouched);
  const ingress = permissionsOf(policies, "ingress", nodes, isTouched);
  const ends = cluster.workloads.map(({ namespace, name }): Endpoint => ({ kind: "workload", namespace, name }));
  return canonicalConnections(
    ends.flatMap((end, number) => [
      ...connectionsFrom(number, end, ends, egress, ingress, isTouched),
      ...(isTouched[number] !== true
        ? []
        : outsideOf(number, egress, nodes, space.pieces).map(({ outside, ...ports }) => ({
            source: end,
            destination: outside,
            ...ports,
          }))),
      ...(isTouched[number] !== true
        ? []
        : outsideOf(number, ingress, nodes, space.pieces).map(({ outside, ...ports }) => ({
            source: outside,
            destination: end,
            ...ports,
          }))),
    ]),
  );
}

/** Walks only the workloads that can be reached, so that a thousand isolated services cost what their connections cost. */
function connectionsFrom(
  from: number,
  source: Endpoint,
  ends: readonly Endpoint[],
  egress: Permissions,
  ingress: Permissions,
  isTouched: readonly boolean[],
): Connection[] {
  const leaving = egress.byWorkload.get(from);
  const open = (to: number): boolean => !ingress.byWorkload.has(to);
  const destinations =
    leaving === undefined
      ? new Set([...[...ends.keys()].filter(open), ...(ingress.byPeer.get(from) ?? [])])
      : leaving.keys();
  return [...destinations].flatMap((to) => {
    const destination = ends[to];
    if (to === from || destination === undefined || !(isTouched[from] || isTouched[to])) return [];
    const outgoing = leaving === undefined ? everyPort : (leaving.get(to) ?? []);
    const entering = ingress.byWorkload.get(to);
    const incoming = entering === undefined ? everyPort : (entering.get(from) ?? []);
    return intersectPorts(outgoing, incoming).map((ports): Connection => ({ source, destination, ...ports }));
  });
}

type OutsideConnection = Omit<Connection, "source" | "destination"> & { readonly outside: Endpoint };

/** What a workload has with the outside in one direction, where no other end judges: pieces that touch and have the same ports are one. */
function outsideOf(
  workload: number,
  { byWorkload }: Permissions,
  { workloads }: Nodes,
  pieces: readonly AddressRange[],
): OutsideConnection[] {
  const allowed = byWorkload.get(workload);
  const runs: { range: AddressRange; ports: PortSet }[] = [];
  pieces.forEach((piece, position) => {
    const ports = allowed === undefined ? everyPort : allowed.get(workloads.length + position);
    if (ports === undefined) return;
    const last = runs.at(-1);
    if (last !== undefined && touches(last.range, piece) && samePorts(last.ports, ports))
      last.range = { ...last.range, last: piece.last };
    else runs.push({ range: piece, ports });
  });
  return runs.flatMap(({ range, ports }) => {
    const outside = addressesOf(range);
    return ports.map((each): OutsideConnection => ({ outside, ...each }));
  });
}
