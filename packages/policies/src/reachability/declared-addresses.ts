import type { Environment } from "@plinth/core";
import { cidrsOverlap } from "@plinth/core";
import { metadataServices, publicAddresses } from "../network/address-blocks.ts";
import { printAddress, rangeOf } from "./address-range.ts";
import type { Connection, Endpoint } from "./connection.ts";
import { toAddresses } from "./declared-connection.ts";

/** To a block outside, wherever no metadata service is. */
export function hostAddresses(source: Endpoint, cidr: string, port: number): readonly Connection[] {
  return toAddresses(
    source,
    cidr,
    metadataServices.filter((service) => cidrsOverlap(cidr, service)),
    port,
  );
}

/** To blocks, or to every public address where the network knows no names. */
export function externalAddresses(
  environment: Environment,
  source: Endpoint,
  cidrs: readonly string[] | "any-public",
  port: number,
): readonly Connection[] {
  if (cidrs !== "any-public") return cidrs.flatMap((cidr) => hostAddresses(source, cidr, port));
  const { cni, additionalPolicies } = environment.network;
  return cni === "cilium" && additionalPolicies.includes("cilium") ? [] : publicPort(environment, source, port);
}

/** To every public address, known by name or not. */
export function publicPort(
  environment: Environment,
  source: Endpoint,
  port: number,
  protocol: Connection["protocol"] = "TCP",
): readonly Connection[] {
  const { cidr, except } = publicAddresses(environment);
  return toAddresses(source, cidr, except, port, protocol);
}

/** To the endpoints of the API server; the VPC CNI looks at the address of its Service, which is the first of the block. */
export function apiServerAddresses({ network }: Environment, source: Endpoint): readonly Connection[] {
  const { family, first } = rangeOf(network.services);
  const service = `${printAddress(family, first + 1n)}/${family === "ipv4" ? 32 : 128}`;
  return [
    ...network.apiServer.flatMap((cidr) => [443, 6443].flatMap((port) => hostAddresses(source, cidr, port))),
    ...(network.cni.startsWith("vpc-cni") ? toAddresses(source, service, [], 443) : []),
  ];
}

/** To where a cloud role's token is changed. */
export function tokenServiceAddresses(environment: Environment, source: Endpoint): readonly Connection[] {
  const { cluster, network } = environment;
  if (cluster.workloadIdentity === "pod-identity") {
    const agent = network.services.includes(":") ? "fd00:ec2::23/128" : "169.254.170.23/32";
    return toAddresses(source, agent, [], 80);
  }
  return network.tokenService.length === 0
    ? publicPort(environment, source, 443)
    : network.tokenService.flatMap((cidr) => hostAddresses(source, cidr, 443));
}
