import type { Environment, PlatformComponent } from "@plinth/core";
import type { Peer } from "../network/peer.ts";
import { componentPeers } from "../network/platform-peers.ts";
import { allow, allowAnyone, type Rule, type TransportPort } from "../network/rule.ts";

/** An end of a flow: a component, pods or addresses that are none, or anyone at all. */
export type FlowEnd = { readonly component: PlatformComponent } | { readonly peers: readonly Peer[] } | "anyone";

/** Ports that one end connects to at the other. */
export interface Flow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly ports: readonly TransportPort[];
}

/** True when the flow is the same in every environment: nobody in it is found by an address. */
export function isEqualEverywhere({ from, to }: Flow): boolean {
  return [from, to].every((end) => end === "anyone" || !("component" in end) || !end.component.hostNetwork);
}

/** No addresses: flows that are equal everywhere need none. */
const nowhere: Nodes = { network: { nodes: [] } };

interface Nodes {
  readonly network: Pick<Environment["network"], "nodes">;
}

/** The rules of flows that end at a component, or that begin there. */
export function rulesOf(
  component: PlatformComponent,
  direction: "ingress" | "egress",
  flows: readonly Flow[],
  environment: Nodes = nowhere,
): readonly Rule[] {
  return flows.flatMap(({ from, to, ports }) => {
    const [own, other] = direction === "ingress" ? [to, from] : [from, to];
    if (own === "anyone" || !("component" in own) || own.component !== component) return [];
    if (other === "anyone") return allowAnyone(ports);
    return allow("component" in other ? componentPeers(other.component, environment) : other.peers, ports);
  });
}
