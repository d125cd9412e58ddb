import type { Nodes } from "./nodes.ts";
import { type PortSet, unionPorts } from "./port-set.ts";
import type { ReadPolicy } from "./read-network-policy.ts";
import { rulePortsAt } from "./rule-ports.ts";

/** What policies allow in one direction: for each workload that a policy isolates, the nodes at the other end and the ports. */
export interface Permissions {
  /** By workload; a workload that no policy isolates is not in it. */
  readonly byWorkload: ReadonlyMap<number, ReadonlyMap<number, PortSet>>;
  /** For each node at the other end, the workloads. */
  readonly byPeer: ReadonlyMap<number, readonly number[]>;
}

/**
 * The permissions that policies give in one direction.
 *
 * @param isTouched False for workloads with which no connection is asked for, unless the other end is another one. @default all
 */
export function permissionsOf(
  policies: readonly ReadPolicy[],
  direction: "ingress" | "egress",
  nodes: Nodes,
  isTouched?: readonly boolean[],
): Permissions {
  const byWorkload = new Map<number, Map<number, PortSet>>();
  const everyone = Array.from({ length: nodes.count }, (_, number) => number);
  for (const policy of policies) {
    const rules = policy[direction];
    if (rules === undefined) continue;
    const selected = nodes.selected(policy);
    for (const workload of selected) if (!byWorkload.has(workload)) byWorkload.set(workload, new Map());
    for (const { peers, ports } of rules) {
      const others = peers === "anyone" ? everyone : peers.flatMap((peer) => nodes.peers(policy, peer));
      const portsAt = rulePortsAt(ports);
      for (const workload of selected) {
        const allowed = byWorkload.get(workload);
        if (allowed === undefined) continue;
        const isWhole = isTouched?.[workload] !== false;
        for (const other of others) {
          if (!isWhole && isTouched?.[other] !== true) continue;
          const granted = portsAt(nodes.workloads[direction === "ingress" ? workload : other]);
          if (granted.length === 0) continue;
          const earlier = allowed.get(other);
          allowed.set(other, earlier === undefined || earlier === granted ? granted : unionPorts(earlier, granted));
        }
      }
    }
  }
  return { byWorkload, byPeer: inverted(byWorkload, nodes.workloads.length) };
}

function inverted(
  byWorkload: ReadonlyMap<number, ReadonlyMap<number, PortSet>>,
  workloads: number,
): ReadonlyMap<number, readonly number[]> {
  const byPeer = new Map<number, number[]>();
  for (const [workload, allowed] of byWorkload) {
    for (const other of allowed.keys()) {
      // The outside is walked from the workload's end.
      if (other >= workloads) continue;
      const list = byPeer.get(other);
      if (list === undefined) byPeer.set(other, [workload]);
      else list.push(workload);
    }
  }
  return byPeer;
}
