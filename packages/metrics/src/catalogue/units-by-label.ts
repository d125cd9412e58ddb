import type { MetricUnit } from "./metric.ts";

/** Which label tells the unit of a series, and how. What it does not name has the unit of the metric. */
export interface UnitsByLabel {
  readonly label: string;
  readonly units: Readonly<Record<string, MetricUnit>>;
}

// https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-types
const resources: UnitsByLabel = {
  label: "resource",
  units: { cpu: "cores", memory: "bytes", ephemeral_storage: "bytes" },
};

// https://kubernetes.io/docs/concepts/policy/resource-quotas/
const quotas: UnitsByLabel = {
  label: "resource",
  units: {
    cpu: "cores",
    "requests.cpu": "cores",
    "limits.cpu": "cores",
    memory: "bytes",
    "requests.memory": "bytes",
    "limits.memory": "bytes",
    "requests.storage": "bytes",
    "requests.ephemeral-storage": "bytes",
    "limits.ephemeral-storage": "bytes",
  },
};

/** Metrics whose series have several units. */
export const unitsByLabel: ReadonlyMap<string, UnitsByLabel> = new Map([
  ["kube_pod_container_resource_requests", resources],
  ["kube_pod_container_resource_limits", resources],
  ["kube_node_status_allocatable", resources],
  ["kube_node_status_capacity", resources],
  ["kube_resourcequota", quotas],
]);
