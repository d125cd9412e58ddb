/**
 * cAdvisor inside the kubelet: what containers use. A series with an empty `container` is the pod's cgroup.
 *
 * @see https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md
 */
export const cadvisorMetrics = {
  container_cpu_usage_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["namespace", "pod", "container", "cpu", "id", "image", "name", "node", "metrics_path"],
    help: "Processor time that a container used.",
  },
  container_cpu_cfs_periods_total: {
    type: "counter",
    unit: "count",
    labels: ["namespace", "pod", "container", "id", "image", "name", "node", "metrics_path"],
    help: "Scheduling periods of a container with a limit.",
  },
  container_cpu_cfs_throttled_periods_total: {
    type: "counter",
    unit: "count",
    labels: ["namespace", "pod", "container", "id", "image", "name", "node", "metrics_path"],
    help: "Scheduling periods in which a container was held back by its limit.",
  },
  container_memory_working_set_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "pod", "container", "id", "image", "name", "node", "metrics_path"],
    help: "Memory that counts against a container's limit.",
  },
  container_memory_rss: {
    type: "gauge",
    unit: "bytes",
    labels: ["namespace", "pod", "container", "id", "image", "name", "node", "metrics_path"],
    help: "Anonymous memory of a container.",
  },
  container_network_receive_bytes_total: {
    type: "counter",
    unit: "bytes",
    labels: ["namespace", "pod", "id", "image", "name", "interface", "node", "metrics_path"],
    help: "Bytes that a pod received.",
  },
  container_network_transmit_bytes_total: {
    type: "counter",
    unit: "bytes",
    labels: ["namespace", "pod", "id", "image", "name", "interface", "node", "metrics_path"],
    help: "Bytes that a pod sent.",
  },
} as const;
