import type { Environment, Platform } from "@plinth/core";
import type { TransportProtocol } from "../network/rule.ts";
import { rangesWithout } from "./address-range.ts";
import { addressesOf, type Connection, type Endpoint } from "./connection.ts";
import { everyPort } from "./port-set.ts";

/** What declared connections are about. */
export interface Declared {
  readonly platform: Platform;
  readonly environment: Environment;
}

/** A connection to one port. */
export function connects(
  source: Endpoint,
  destination: Endpoint,
  port: number,
  protocol: TransportProtocol = "TCP",
): Connection {
  return { source, destination, protocol, port, endPort: port };
}

/** Connections to one port at the addresses of a block less some of them. */
export function toAddresses(
  source: Endpoint,
  cidr: string,
  except: readonly string[],
  port: number,
  protocol: TransportProtocol = "TCP",
): readonly Connection[] {
  return rangesWithout(cidr, except).map((range) => connects(source, addressesOf(range), port, protocol));
}

/** Connections from one address to every port. */
export function everyPortAt(address: string, destination: Endpoint): readonly Connection[] {
  return everyPort.map((ports) => ({
    source: { kind: "addresses", first: address, last: address },
    destination,
    ...ports,
  }));
}
