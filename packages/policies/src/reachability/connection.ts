import type { TransportProtocol } from "../network/rule.ts";
import { type AddressRange, printAddress } from "./address-range.ts";

/** One end of a connection: pods of a workload, or addresses outside the cluster with both ends included. */
export type Endpoint =
  | { readonly kind: "workload"; readonly namespace: string; readonly name: string }
  | { readonly kind: "addresses"; readonly first: string; readonly last: string };

/** A connection that is allowed, from one end to the ports of another. */
export interface Connection {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly protocol: TransportProtocol;
  readonly port: number;
  /** The last port of the range; `port` when it is one. */
  readonly endPort: number;
}

/**
 * A connection as a person reads it.
 *
 * @example
 * const source: Endpoint = { kind: "workload", namespace: "team-frontend", name: "frontend" };
 * const destination: Endpoint = { kind: "workload", namespace: "team-backend", name: "checkout" };
 * describeConnection({ source, destination, protocol: "TCP", port: 5050, endPort: 5050 }); // team-frontend/frontend → team-backend/checkout TCP 5050
 */
export function describeConnection({ source, destination, protocol, port, endPort }: Connection): string {
  return `${describeEndpoint(source)} → ${describeEndpoint(destination)} ${protocol} ${port === endPort ? port : `${port}-${endPort}`}`;
}

/** An end of a connection as a person reads it: `team-backend/checkout`, `203.0.113.0-203.0.113.255`. */
export function describeEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === "workload") return `${endpoint.namespace}/${endpoint.name}`;
  return endpoint.first === endpoint.last ? endpoint.first : `${endpoint.first}-${endpoint.last}`;
}

/** A range of addresses as an end of a connection. */
export function addressesOf({ family, first, last }: AddressRange): Endpoint {
  return { kind: "addresses", first: printAddress(family, first), last: printAddress(family, last) };
}
