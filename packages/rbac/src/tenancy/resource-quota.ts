import { buildResource, type Quota, type Resource } from "@plinth/core";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { canonical } from "./amount.ts";
import { systemPriorityClasses } from "./priority-classes.ts";

/**
 * What a team may take of a cluster, for all of its namespace.
 *
 * - CPU is limited by what is requested, not by limits: requests are what a node reserves, and a quota on `limits.cpu` would make every container carry
 *   a CPU limit, which throttles it on an idle node.
 * - Memory is limited by both: it cannot be taken back, so the sum of limits is what a team can really use.
 * - No node ports: a service is reached through the gateway, or through a load balancer that says `allocateLoadBalancerNodePorts: false`.
 *
 * @example
 * import type { Quota } from "@plinth/core";
 * declare const quota: Quota;
 * const resource = resourceQuota("team-data", quota);
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function resourceQuota(namespace: string, quota: Quota): Resource {
  const memory = canonical(quota.memory);
  return buildResource(ResourceQuota, {
    metadata: { name: namespace, namespace },
    spec: {
      hard: {
        // What etcd holds, by count: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count
        "count/configmaps": String(quota.configMaps),
        "count/cronjobs.batch": String(quota.cronJobs),
        "count/jobs.batch": String(quota.jobs),
        "count/secrets": String(quota.secrets),
        "limits.memory": memory,
        persistentvolumeclaims: String(quota.persistentVolumeClaims),
        pods: String(quota.pods),
        "requests.cpu": canonical(quota.cpu),
        "requests.memory": memory,
        "requests.storage": canonical(quota.storage),
        services: String(quota.services),
        "services.loadbalancers": String(quota.loadBalancers),
        "services.nodeports": "0",
        ...Object.fromEntries(
          Object.entries(quota.storageByClass).map(([storageClass, storage]) => [
            `${storageClass}.storageclass.storage.k8s.io/requests.storage`,
            canonical(storage),
          ]),
        ),
      },
    },
  });
}

/**
 * No pod of a team takes a priority that Kubernetes keeps for what a cluster cannot run without: such a pod evicts every other one.
 *
 * @example
 * const resource = systemPriorityQuota("team-data");
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-per-priorityclass
 */
export function systemPriorityQuota(namespace: string): Resource {
  return buildResource(ResourceQuota, {
    metadata: { name: "no-system-priority", namespace },
    spec: {
      hard: { pods: "0" },
      scopeSelector: {
        matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: [...systemPriorityClasses] }],
      },
    },
  });
}
