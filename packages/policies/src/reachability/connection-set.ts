import { type AddressFamily, type AddressRange, parseAddress, touches } from "./address-range.ts";
import { addressesOf, type Connection, describeConnection, type Endpoint } from "./connection.ts";
import { type PortSet, portSet, samePorts, subtractPorts } from "./port-set.ts";

/**
 * The same connections in one form: sorted, each address and port once, ports and addresses joined that touch. Two lists allow the same exactly when
 * their canonical forms are equal.
 */
export function canonicalConnections(connections: readonly Connection[]): readonly Connection[] {
  return groupsOf([connections]).flatMap((group) => combined(group, ([ports = []]) => ports));
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
  const groups = groupsOf([before, after]);
  return {
    opened: groups.flatMap((group) => combined(group, ([old = [], now = []]) => subtractPorts(now, old))),
    closed: groups.flatMap((group) => combined(group, ([old = [], now = []]) => subtractPorts(old, now))),
  };
}

/** Connections between the same two workloads, or of one workload with the outside: for each piece of the outside, the ports in each list. */
interface Group {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly pieces: readonly { readonly range?: AddressRange; readonly ports: readonly PortSet[] }[];
}

/** The connections of all lists by their ends, sorted. */
function groupsOf(lists: readonly (readonly Connection[])[]): readonly Group[] {
  const groups = new Map<string, { readonly first: Connection; readonly members: Connection[][] }>();
  lists.forEach((list, index) => {
    for (const connection of list) {
      const key = `${groupKey(connection.source)}\u0000${groupKey(connection.destination)}`;
      let group = groups.get(key);
      if (group === undefined) {
        group = { first: connection, members: lists.map(() => []) };
        groups.set(key, group);
      }
      group.members[index]?.push(connection);
    }
  });
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, { first, members }]) => ({
      source: first.source,
      destination: first.destination,
      pieces: outsideOf(first) === undefined ? [{ ports: members.map(portSet) }] : outsidePieces(members),
    }));
}

// Workloads sort before the outside.
function groupKey(endpoint: Endpoint): string {
  return endpoint.kind === "workload" ? `${endpoint.namespace}\u0001${endpoint.name}` : "\uffff";
}

function outsideOf({
  source,
  destination,
}: Pick<Connection, "source" | "destination">): Extract<Endpoint, { kind: "addresses" }> | undefined {
  return source.kind === "addresses" ? source : destination.kind === "addresses" ? destination : undefined;
}

/** The connections of a group with the ports that `combine` makes of those in the lists, for each piece. */
function combined(
  { source, destination, pieces }: Group,
  combine: (ports: readonly PortSet[]) => PortSet,
): readonly Connection[] {
  return joined(pieces.map(({ range, ports }) => ({ range, ports: combine(ports) }))).flatMap(({ range, ports }) => {
    if (ports.length === 0) return [];
    const outside = range === undefined ? undefined : addressesOf(range);
    return ports.map(
      ({ protocol, port, endPort }): Connection => ({
        source: outside !== undefined && source.kind === "addresses" ? outside : source,
        destination: outside !== undefined && destination.kind === "addresses" ? outside : destination,
        protocol,
        port,
        endPort,
      }),
    );
  });
}

function outsidePieces(members: readonly (readonly Connection[])[]): Group["pieces"] {
  const located = members.map((list) =>
    list.map((connection): Located => ({ connection, range: outsideRange(connection) })),
  );
  return (["ipv4", "ipv6"] as const).flatMap((family) => piecesOf(family, located));
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
  /** Left out between workloads. */
  readonly range: AddressRange | undefined;
  readonly ports: PortSet;
}

/** The addresses of a family, cut where any range begins or ends, each piece with the ports of the ranges that hold it in each list. */
function piecesOf(family: AddressFamily, located: readonly (readonly Located[])[]): Group["pieces"] {
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
  return ranges.map((range, index) => ({ range, ports: held.map((list) => list[index] ?? []) }));
}

/** Pieces that touch and have the same ports, as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = [];
  for (const { range, ports } of pieces) {
    const last = runs.at(-1);
    if (range !== undefined && last?.range !== undefined && touches(last.range, range) && samePorts(last.ports, ports))
      runs[runs.length - 1] = { range: { ...last.range, last: range.last }, ports };
    else runs.push({ range, ports });
  }
  return runs;
}
