import type { AddressRange } from "../reachability/address-range.ts";
import { parseAddress, rangeOf } from "../reachability/address-range.ts";
import type { Connection, Endpoint } from "../reachability/connection.ts";

/** Why a service has connections: what the platform says that opens them. */
export interface Reason {
  readonly direction: "from" | "to";
  /** The other end: pods, or blocks outside the cluster. */
  readonly other: { readonly namespace: string; readonly name: string } | { readonly cidrs: readonly string[] };
  /** Left out for every port. */
  readonly ports?: readonly number[];
  /** What the other end is called, where its address does not say it. */
  readonly label?: string;
  readonly why: string;
  /** True for what every pod of a team has. */
  readonly isBaseline?: boolean;
}

/** True when a reason is about a connection, whose one end is the service that has the reason. */
export function explains({ direction, other, ports }: Reason, connection: Connection, self: Endpoint): boolean {
  const [own, end] =
    direction === "to" ? [connection.source, connection.destination] : [connection.destination, connection.source];
  return (
    isSameWorkload(own, self) &&
    isOther(other, end) &&
    (ports === undefined || ports.some((port) => connection.port <= port && port <= connection.endPort))
  );
}

/** True for two names of one workload. */
export function isSameWorkload(a: Endpoint, b: Endpoint): boolean {
  return a.kind === "workload" && b.kind === "workload" && a.namespace === b.namespace && a.name === b.name;
}

function isOther(other: Reason["other"], end: Endpoint): boolean {
  if ("cidrs" in other) return end.kind === "addresses" && other.cidrs.some((cidr) => overlaps(rangeOf(cidr), end));
  return end.kind === "workload" && end.namespace === other.namespace && end.name === other.name;
}

function overlaps({ family, first, last }: AddressRange, end: Extract<Endpoint, { kind: "addresses" }>): boolean {
  const from = parseAddress(end.first);
  return from.family === family && from.value <= last && first <= parseAddress(end.last).value;
}
