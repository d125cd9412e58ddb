import type { Resource } from "@plinth/core";
import type { Cluster, Workload } from "./cluster.ts";
import { matchesSelector } from "./label-selector.ts";
import { readNetworkPolicies } from "./read-network-policy.ts";

/** The policies that isolate a workload, as `namespace/name`: nothing but what their rules say is allowed in a direction that has one. */
export interface Isolation {
  readonly workload: Workload;
  readonly ingress: readonly string[];
  readonly egress: readonly string[];
}

/**
 * Which workloads of a cluster are isolated, in which direction, and by what; a workload without policies is in the list too.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 *
 * @example
 * import type { Resource } from "@plinth/core";
 * declare const cluster: Cluster;
 * declare const resources: Resource[];
 * const open = isolationOf(cluster, resources).filter(({ ingress }) => ingress.length === 0);
 */
export function isolationOf({ workloads }: Cluster, resources: readonly Resource[]): readonly Isolation[] {
  const policies = Map.groupBy(readNetworkPolicies(resources), ({ namespace }) => namespace);
  return workloads.map((workload) => {
    const selecting = (policies.get(workload.namespace) ?? []).filter(({ podSelector }) =>
      matchesSelector(podSelector, workload.labels),
    );
    const names = (direction: "ingress" | "egress"): string[] =>
      selecting.flatMap((policy) => (policy[direction] === undefined ? [] : [`${policy.namespace}/${policy.name}`]));
    return { workload, ingress: names("ingress"), egress: names("egress") };
  });
}
