/**
 * The kubelet: volumes and its own health.
 *
 * @see https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export const kubeletMetrics = {
  kubelet_volume_stats_available_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Space that is left in a volume.",
  },
  kubelet_volume_stats_capacity_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Size of a volume.",
  },
  kubelet_volume_stats_used_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Space that is used in a volume.",
  },
  kubelet_volume_stats_inodes: {
    type: "gauge",
    unit: "count",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Inodes of a volume.",
  },
  kubelet_volume_stats_inodes_free: {
    type: "gauge",
    unit: "count",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Inodes that are left in a volume.",
  },
  kubelet_volume_stats_inodes_used: {
    type: "gauge",
    unit: "count",
    labels: ["namespace", "persistentvolumeclaim", "node", "metrics_path"],
    help: "Inodes that are used in a volume.",
  },
  kubelet_running_pods: {
    type: "gauge",
    unit: "count",
    labels: ["node", "metrics_path"],
    help: "Pods that have a running sandbox.",
  },
} as const;
