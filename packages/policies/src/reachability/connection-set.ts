import { type AddressFamily, type AddressRange, parseAddress } from "./address-range.ts";
import { addressesOf, type Connection, describeConnection, type Endpoint } from "./connection.ts";
import { type PortSet, portSet, portSetKey, subtractPorts } from "./port-set.ts";

/**
 * The same connections in one form: sorted, each address and port once, ports and addresses joined that touch. Two lists allow the same exactly when
 * their canonical forms are equal.
 */
export function canonicalConnections(connections: readonly Connection[]): readonly Connection[] {
  return overlay([connections], ([ports = []]) => ports);
}

/** Connections that are in one list and not in another. */
export interface ConnectionChanges {
  readonly opened: readonly Connection[];
  readonly closed: readonly Connection[];
}

/**
 * What opens and what closes between two lists of connections, address by address and port by port.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const reported: readonly Connection[];
 * const { opened, closed } = compareConnections(declaredConnections(platform, production), reported);
 */
export function compareConnections(before: readonly Connection[], after: readonly Connection[]): ConnectionChanges {
  return {
    opened: overlay([before, after], ([old = [], now = []]) => subtractPorts(now, old)),
    closed: overlay([before, after], ([old = [], now = []]) => subtractPorts(old, now)),
  };
}

/** Connections between the same two workloads, or of one workload with the outside. */
interface Group {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** By list. */
  readonly members: readonly Connection[][];
}

/** For each pair of ends, and each piece of the outside, the ports that `combine` makes of those in the lists. */
function overlay(
  lists: readonly (readonly Connection[])[],
  combine: (ports: readonly PortSet[]) => PortSet,
): readonly Connection[] {
  const groups = new Map<string, Group>();
  lists.forEach((list, index) => {
    for (const connection of list) {
      const key = [connection.source, connection.destination].map(groupKey).join("\u0000");
      const group = groups.get(key) ?? {
        source: connection.source,
        destination: connection.destination,
        members: lists.map(() => []),
      };
      group.members[index]?.push(connection);
      groups.set(key, group);
    }
  });
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([, group]) =>
      outsideOf(group) === undefined ? insideConnections(group, combine) : outsideConnections(group, combine),
    );
}

// Workloads sort before the outside.
function groupKey(endpoint: Endpoint): string {
  return endpoint.kind === "workload" ? `${endpoint.namespace}\u0001${endpoint.name}` : "\uffff";
}

function outsideOf({
  source,
  destination,
}: Pick<Connection, "source" | "destination">): Extract<Endpoint, { kind: "addresses" }> | undefined {
  return [source, destination].find((endpoint) => endpoint.kind === "addresses");
}

function insideConnections(
  { source, destination, members }: Group,
  combine: (ports: readonly PortSet[]) => PortSet,
): Connection[] {
  return combine(members.map(portSet)).map(({ protocol, port, endPort }) => ({
    source,
    destination,
    protocol,
    port,
    endPort,
  }));
}

function outsideConnections(
  { source, destination, members }: Group,
  combine: (ports: readonly PortSet[]) => PortSet,
): Connection[] {
  const located = members.map((list) =>
    list.map((connection): Located => ({ connection, range: outsideRange(connection) })),
  );
  const pieces = (["ipv4", "ipv6"] as const).flatMap((family) => piecesOf(family, located, combine));
  return joined(pieces).flatMap(({ range, ports }) => {
    const outside = addressesOf(range);
    return ports.map(
      ({ protocol, port, endPort }): Connection => ({
        source: source.kind === "addresses" ? outside : source,
        destination: destination.kind === "addresses" ? outside : destination,
        protocol,
        port,
        endPort,
      }),
    );
  });
}

interface Located {
  readonly connection: Connection;
  readonly range: AddressRange;
}

function outsideRange(connection: Connection): AddressRange {
  const outside = outsideOf(connection);
  if (outside === undefined) throw new RangeError(`${describeConnection(connection)} stays in the cluster`);
  const { family, value } = parseAddress(outside.first);
  return { family, first: value, last: parseAddress(outside.last).value };
}

interface Piece {
  readonly range: AddressRange;
  readonly ports: PortSet;
}

/** The addresses of a family, cut where any range begins or ends, each piece with the ports of the ranges that hold it. */
function piecesOf(
  family: AddressFamily,
  located: readonly (readonly Located[])[],
  combine: (ports: readonly PortSet[]) => PortSet,
): readonly Piece[] {
  const own = located.map((list) => list.filter(({ range }) => range.family === family));
  const starts = [...new Set(own.flat().flatMap(({ range }) => [range.first, range.last + 1n]))].sort((x, y) =>
    x < y ? -1 : 1,
  );
  const positions = new Map(starts.map((start, index) => [start, index]));
  const ranges = starts
    .slice(0, -1)
    .map((first, index): AddressRange => ({ family, first, last: (starts[index + 1] ?? first) - 1n }));
  const held = own.map((list) => {
    const portsAt = ranges.map((): Connection[] => []);
    for (const { connection, range } of list) {
      for (let index = positions.get(range.first) ?? 0; index < (positions.get(range.last + 1n) ?? 0); index++)
        portsAt[index]?.push(connection);
    }
    return portsAt.map(portSet);
  });
  return ranges.map((range, index) => ({ range, ports: combine(held.map((list) => list[index] ?? [])) }));
}

/** Pieces that touch and have the same ports, as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = [];
  for (const { range, ports } of pieces) {
    const last = runs.at(-1);
    const touches = last !== undefined && last.range.family === range.family && last.range.last + 1n === range.first;
    if (touches && portSetKey(last.ports) === portSetKey(ports))
      runs[runs.length - 1] = { range: { ...last.range, last: range.last }, ports };
    else runs.push({ range, ports });
  }
  return runs;
}
