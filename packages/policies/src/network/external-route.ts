import {
  type Environment,
  type ExternalHost,
  type Platform,
  type PlatformComponent,
  type Service,
  servicesIn,
} from "@plinth/core";
import { egressGateways } from "./mesh.ts";
import { type BlockPeer, blocksOf } from "./peer.ts";
import { publicBlock } from "./token-service.ts";

/** How a pod reaches a host outside: at blocks, through the gateways of a mesh, by the host's name, or not at all. */
export type ExternalRoute =
  | { readonly by: "blocks"; readonly blocks: readonly BlockPeer[] }
  | { readonly by: "gateway"; readonly gateways: readonly PlatformComponent[] }
  | { readonly by: "name" }
  | { readonly by: "nothing" };

/**
 * How an external host is reached in an environment. Policies add up, so that a host whose name is known to the CNI is in no NetworkPolicy: a rule for
 * every public address would open what the name narrows.
 */
export function externalRoute(
  platform: Platform,
  environment: Pick<Environment, "network">,
  { cidrs }: Pick<ExternalHost, "cidrs">,
): ExternalRoute {
  if (cidrs === "any-public")
    return knowsNames(environment) ? { by: "name" } : { by: "blocks", blocks: [publicBlock(environment)] };
  if (cidrs.length > 0) return { by: "blocks", blocks: blocksOf(cidrs) };
  const gateways = egressGateways(platform, environment);
  if (gateways.length > 0) return { by: "gateway", gateways };
  return { by: knowsNames(environment) ? "name" : "nothing" };
}

/** A host that a service reaches through the egress gateways of its mesh. */
export interface HostThroughGateway {
  readonly service: Service;
  readonly host: ExternalHost;
}

/** What the egress gateways of an environment are asked for. */
export function hostsThroughGateways(platform: Platform, environment: Environment): readonly HostThroughGateway[] {
  return servicesIn(platform, environment).flatMap((service) =>
    service.external
      .filter((host) => externalRoute(platform, environment, host).by === "gateway")
      .map((host) => ({ service, host })),
  );
}

/** True when policies of Cilium are rendered beside NetworkPolicies, and Cilium is there to enforce them. */
export function knowsNames({ network }: Pick<Environment, "network">): boolean {
  return network.cni === "cilium" && network.additionalPolicies.includes("cilium");
}

/** The port at which an egress gateway takes connections to a port of a host: its `http` for 80, else its `https`; the other where it has only one. */
export function gatewayPort({ ports }: PlatformComponent, port: number): number | undefined {
  const { http, https } = ports;
  return port === 80 ? (http ?? https) : (https ?? http);
}
