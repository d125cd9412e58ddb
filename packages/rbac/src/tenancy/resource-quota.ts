import { buildResource, type Quota, type Resource } from "@plinth/core";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { canonical } from "./amount.ts";

/**
 * What a team may take of a cluster, for all of its namespace.
 *
 * - CPU is limited by what is requested, not by limits: requests are what a node reserves, and a quota on `limits.cpu` would make every container carry
 *   a CPU limit, which throttles it on an idle node.
 * - Memory is limited by both: it cannot be taken back, so the sum of limits is what a team can really use.
 * - No node ports: a service is reached through the gateway, or through a load balancer that says `allocateLoadBalancerNodePorts: false`.
 *
 * @example
 * const resource = resourceQuota("team-data", { cpu: "40", memory: "80Gi", storage: "2Ti", pods: 200, services: 50, loadBalancers: 2, persistentVolumeClaims: 40 });
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function resourceQuota(namespace: string, quota: Quota): Resource {
  const memory = canonical(quota.memory);
  return buildResource(ResourceQuota, {
    metadata: { name: namespace, namespace },
    spec: {
      hard: {
        "limits.memory": memory,
        persistentvolumeclaims: String(quota.persistentVolumeClaims),
        pods: String(quota.pods),
        "requests.cpu": canonical(quota.cpu),
        "requests.memory": memory,
        "requests.storage": canonical(quota.storage),
        services: String(quota.services),
        "services.loadbalancers": String(quota.loadBalancers),
        "services.nodeports": "0",
      },
    },
  });
}
