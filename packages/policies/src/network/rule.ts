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
export interface PeersRule {
  readonly peers: readonly [Peer, ...Peer[]];
  readonly ports: RulePorts;
}

/** Ports that anyone may connect to, from inside the cluster and from outside: always some ports, never all of them. */
export interface AnyoneRule {
  readonly peers: "anyone";
  readonly ports: readonly [TransportPort, ...TransportPort[]];
}

export type Rule = PeersRule | AnyoneRule;

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

/**
 * Allows ports for anyone: for webhooks, which the API server calls from an address that no selector finds and that NAT and CNI change, and for load
 * balancers.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#what-you-can-t-do-with-network-policies-at-least-not-yet
 *
 * @example
 * allowAnyone([tcp(9443)]);
 */
export function allowAnyone(ports: readonly TransportPort[]): readonly Rule[] {
  const [port, ...more] = ports;
  return port === undefined ? [] : [{ peers: "anyone", ports: [port, ...more] }];
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
  const forAnyone = allowAnyone(sortedPorts(rules.flatMap((rule) => (rule.peers === "anyone" ? rule.ports : []))));
  for (const { peers, ports } of rules) {
    for (const peer of peers === "anyone" ? [] : peers) {
      const earlier = portsOfPeer.get(peerKey(peer));
      portsOfPeer.set(peerKey(peer), {
        peer,
        ports: earlier === undefined ? sortedRulePorts(ports) : joinedPorts(earlier.ports, ports),
      });
    }
  }
  const merged = new Map<string, PeersRule>();
  for (const [, { peer, ports }] of sortedByKey(portsOfPeer)) {
    const key = JSON.stringify(ports === "every" ? ports : ports.map(portKey));
    const earlier = merged.get(key);
    merged.set(key, { peers: earlier === undefined ? [peer] : [...earlier.peers, peer], ports });
  }
  return [...forAnyone, ...sortedByKey(merged).map(([, rule]) => rule)];
}

// Pods before blocks, then by namespace or address.
function peerKey(peer: Peer): string {
  switch (peer.kind) {
    case "block":
      return JSON.stringify(["block", peer.cidr, peer.except]);
    case "pods":
      return JSON.stringify(["and pods", peer.namespace, Object.entries(peer.labels).sort()]);
    case "namespaces":
      return JSON.stringify(["all pods", peer.names]);
  }
}

function portKey({ protocol, port }: TransportPort): string {
  return `${protocol}/${String(port).padStart(5, "0")}`;
}

function joinedPorts(a: RulePorts, b: RulePorts): RulePorts {
  return a === "every" || b === "every" ? "every" : sortedRulePorts([...a, ...b]);
}

function sortedRulePorts(ports: RulePorts): RulePorts {
  if (ports === "every") return ports;
  const [first, ...more] = sortedPorts(ports);
  return first === undefined ? ports : [first, ...more];
}

/** Each port once, in order. */
function sortedPorts(ports: readonly TransportPort[]): readonly TransportPort[] {
  return sortedByKey(new Map(ports.map((port) => [portKey(port), port]))).map(([, port]) => port);
}

function sortedByKey<Value>(entries: ReadonlyMap<string, Value>): [string, Value][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
