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
  kubelet_evictions: {
    type: "counter",
    unit: "count",
    labels: ["eviction_signal", "node", "metrics_path"],
    help: "Pods that the kubelet evicted because the node ran short: memory.available, nodefs.available and others.",
  },
  kubelet_pleg_relist_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["node", "metrics_path"],
    help: "How long the kubelet took to ask the container runtime for all pods.",
  },
  kubelet_pod_start_sli_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["node", "metrics_path"],
    help: "From a pod's creation to its containers being started, without image pulls and init containers.",
  },
  kubelet_runtime_operations_total: {
    type: "counter",
    unit: "count",
    labels: ["operation_type", "node", "metrics_path"],
    help: "Calls to the container runtime.",
  },
  kubelet_runtime_operations_errors_total: {
    type: "counter",
    unit: "count",
    labels: ["operation_type", "node", "metrics_path"],
    help: "Calls to the container runtime that failed.",
  },
  kubelet_certificate_manager_client_ttl_seconds: {
    type: "gauge",
    unit: "seconds",
    labels: ["node", "metrics_path"],
    help: "How long the kubelet's client certificate is still valid; +Inf when it has none.",
  },
  kubelet_certificate_manager_server_ttl_seconds: {
    type: "gauge",
    unit: "seconds",
    labels: ["node", "metrics_path"],
    help: "How long the kubelet's serving certificate is still valid; +Inf when it has none.",
  },
  kubelet_certificate_manager_client_expiration_renew_errors: {
    type: "counter",
    unit: "count",
    labels: ["node", "metrics_path"],
    help: "Failed attempts to renew the kubelet's client certificate.",
  },
  kubelet_server_expiration_renew_errors: {
    type: "counter",
    unit: "count",
    labels: ["node", "metrics_path"],
    help: "Failed attempts to renew the kubelet's serving certificate.",
  },
  storage_operation_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["volume_plugin", "operation_name", "status", "migrated", "node", "metrics_path"],
    help: "How long an operation on a volume took: volume_mount, volume_unmount, volume_attach and others; status success or fail-unknown.",
  },
  csi_operations_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["driver_name", "method_name", "grpc_status_code", "migrated", "node", "metrics_path"],
    help: "How long a call to a CSI driver took.",
  },
} as const;
