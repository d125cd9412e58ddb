import type { Peer } from "./peer.ts";

export type TransportProtocol = "TCP" | "UDP" | "SCTP";

/** A port of the pod that is connected to, after Services and their ports are resolved. */
export interface TransportPort {
  readonly protocol: TransportProtocol;
  readonly port: number;
}

/** Ports of a rule: `every` is all ports of all protocols; a list is never empty. */
export type RulePorts = readonly [TransportPort, ...TransportPort[]] | "every";

/** Peers and the ports that they may connect to, or be connected to on. There is always a peer: a rule without one would be for everybody. */
export interface Rule {
  readonly peers: readonly [Peer, ...Peer[]];
  readonly ports: RulePorts;
}

/**
 * Allows ports for peers. A list that turns out empty allows nothing; in the YAML of a NetworkPolicy it would allow everything.
 *
 * @example
 * allow([block("203.0.113.0/24")], [tcp(443)]);
 */
export function allow(peers: readonly Peer[], ports: readonly TransportPort[]): readonly Rule[] {
  const [peer, ...peersAfter] = peers;
  const [port, ...portsAfter] = ports;
  return peer === undefined || port === undefined
    ? []
    : [{ peers: [peer, ...peersAfter], ports: [port, ...portsAfter] }];
}

/** Allows every port of every protocol for peers. */
export function allowEveryPort(peers: readonly Peer[]): readonly Rule[] {
  const [peer, ...more] = peers;
  return peer === undefined ? [] : [{ peers: [peer, ...more], ports: "every" }];
}

/** A TCP port. */
export function tcp(port: number): TransportPort {
  return { protocol: "TCP", port };
}

/** A UDP port. */
export function udp(port: number): TransportPort {
  return { protocol: "UDP", port };
}

/**
 * The same rules with each peer once, peers of the same ports together, everything sorted: what was written twice, or in another order, is the same policy.
 */
export function mergeRules(rules: readonly Rule[]): readonly Rule[] {
  const portsOfPeer = new Map<string, { peer: Peer; ports: RulePorts }>();
  for (const { peers, ports } of rules) {
    for (const peer of peers) {
      const earlier = portsOfPeer.get(peerKey(peer));
      portsOfPeer.set(peerKey(peer), {
        peer,
        ports: earlier === undefined ? sortedPorts(ports) : joinedPorts(earlier.ports, ports),
      });
    }
  }
  const merged = new Map<string, Rule>();
  for (const [, { peer, ports }] of sortedByKey(portsOfPeer)) {
    const key = JSON.stringify(ports === "every" ? ports : ports.map(portKey));
    const earlier = merged.get(key);
    merged.set(key, { peers: earlier === undefined ? [peer] : [...earlier.peers, peer], ports });
  }
  return sortedByKey(merged).map(([, rule]) => rule);
}

// Pods before blocks, then by namespace or address.
function peerKey(peer: Peer): string {
  if (peer.kind === "block") return JSON.stringify(["block", peer.cidr, peer.except]);
  return JSON.stringify(["and pods", peer.namespace, Object.entries(peer.labels).sort()]);
}

function portKey({ protocol, port }: TransportPort): string {
  return `${protocol}/${String(port).padStart(5, "0")}`;
}

function joinedPorts(a: RulePorts, b: RulePorts): RulePorts {
  return a === "every" || b === "every" ? "every" : sortedPorts([...a, ...b]);
}

function sortedPorts(ports: RulePorts): RulePorts {
  if (ports === "every") return ports;
  const [first, ...more] = sortedByKey(new Map(ports.map((port) => [portKey(port), port]))).map(([, port]) => port);
  return first === undefined ? ports : [first, ...more];
}

function sortedByKey<Value>(entries: ReadonlyMap<string, Value>): [string, Value][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
