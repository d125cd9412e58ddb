import type { TransportProtocol } from "../network/rule.ts";

/** Ports of one protocol, both ends included. */
export interface PortRange {
  readonly protocol: TransportProtocol;
  readonly port: number;
  readonly endPort: number;
}

/** Ranges that are sorted, disjoint and not adjacent: two sets are equal exactly when their ranges are. */
export type PortSet = readonly PortRange[];

const protocols: readonly TransportProtocol[] = ["SCTP", "TCP", "UDP"];

export const MAX_PORT = 65_535;

/** Every port of every protocol. */
export const everyPort: PortSet = protocols.map((protocol) => ({ protocol, port: 1, endPort: MAX_PORT }));

/** The ports of any of the ranges. */
export function portSet(ranges: readonly PortRange[]): PortSet {
  const sorted = [...ranges]
    .filter(({ port, endPort }) => port <= endPort)
    .sort((a, b) => compareProtocols(a, b) || a.port - b.port || a.endPort - b.endPort);
  const merged: PortRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && last.protocol === range.protocol && range.port <= last.endPort + 1) {
      merged[merged.length - 1] = { ...last, endPort: Math.max(last.endPort, range.endPort) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** The ports of either set. */
export function unionPorts(a: PortSet, b: PortSet): PortSet {
  if (a === everyPort || b === everyPort) return everyPort;
  return portSet([...a, ...b]);
}

/** The ports of both sets. */
export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  if (a === everyPort) return b;
  if (b === everyPort) return a;
  return portSet(
    a.flatMap((left) =>
      b.flatMap((right): PortRange[] => {
        if (left.protocol !== right.protocol) return [];
        return [
          {
            protocol: left.protocol,
            port: Math.max(left.port, right.port),
            endPort: Math.min(left.endPort, right.endPort),
          },
        ];
      }),
    ),
  );
}

/** The ports of `a` that are not in `b`. */
export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  return b.reduce<PortSet>(
    (rest, hole) =>
      rest.flatMap((range): PortRange[] => {
        if (range.protocol !== hole.protocol || hole.endPort < range.port || range.endPort < hole.port) return [range];
        return [
          { ...range, endPort: hole.port - 1 },
          { ...range, port: hole.endPort + 1 },
        ].filter(({ port, endPort }) => port <= endPort);
      }),
    a,
  );
}

/** True when two sets hold the same ports. */
export function samePorts(a: PortSet, b: PortSet): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((range, index) => {
        const other = b[index];
        return range.protocol === other?.protocol && range.port === other.port && range.endPort === other.endPort;
      }))
  );
}

function compareProtocols(a: PortRange, b: PortRange): number {
  return protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol);
}
