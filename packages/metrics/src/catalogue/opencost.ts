/**
 * OpenCost: what things cost, in the currency of its price list. To be scraped with `honor_labels`, so that `namespace` is the workload's.
 *
 * @see https://opencost.io/docs/integrations/metrics
 * @see https://github.com/opencost/opencost/blob/develop/pkg/costmodel/metrics.go
 */
export const opencostMetrics = {
  node_total_hourly_cost: {
    type: "gauge",
    unit: "count",
    labels: ["node", "instance_type", "region", "provider_id", "arch", "uid"],
    help: "What a node costs an hour.",
  },
  node_cpu_hourly_cost: {
    type: "gauge",
    unit: "count",
    labels: ["node", "instance_type", "region", "provider_id", "arch", "uid"],
    help: "What a processor core of a node costs an hour.",
  },
  node_ram_hourly_cost: {
    type: "gauge",
    unit: "count",
    labels: ["node", "instance_type", "region", "provider_id", "arch", "uid"],
    help: "What a GiB of a node's memory costs an hour.",
  },
  container_cpu_allocation: {
    type: "gauge",
    unit: "cores",
    labels: ["namespace", "pod", "container", "node", "uid"],
    help: "Cores that a container requests or uses, whichever is more.",
  },
  container_memory_allocation_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "pod", "container", "node", "uid"],
    help: "Memory that a container requests or uses, whichever is more.",
  },
  pv_hourly_cost: {
    type: "gauge",
    unit: "count",
    labels: ["volumename", "persistentvolume", "provider_id", "uid"],
    help: "What a GiB of a volume costs an hour.",
  },
} as const;
