/**
 * node-exporter 1.x: the machine under a node.
 *
 * @see https://github.com/prometheus/node_exporter
 */
export const nodeExporterMetrics = {
  node_cpu_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["cpu", "mode"],
    help: "Seconds that a processor spent in a mode.",
  },
  node_load1: { type: "gauge", unit: "count", labels: [], help: "Load average over one minute." },
  node_memory_MemTotal_bytes: { type: "gauge", unit: "bytes", labels: [], help: "Memory of the machine." },
  node_memory_MemAvailable_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: [],
    help: "Memory that can be had without swapping.",
  },
  node_filesystem_size_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Size of a file system.",
  },
  node_filesystem_avail_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Space that is left to users who are not root.",
  },
  node_filesystem_free_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Space that is left.",
  },
  node_filesystem_files: {
    type: "gauge",
    unit: "count",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Inodes of a file system.",
  },
  node_filesystem_files_free: {
    type: "gauge",
    unit: "count",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Inodes that are left.",
  },
  node_filesystem_readonly: {
    type: "gauge",
    unit: "boolean",
    labels: ["device", "device_error", "fstype", "mountpoint"],
    help: "Whether a file system is read-only.",
  },
  node_network_receive_bytes_total: {
    type: "counter",
    unit: "bytes",
    labels: ["device"],
    help: "Bytes that a network device received.",
  },
  node_network_transmit_bytes_total: {
    type: "counter",
    unit: "bytes",
    labels: ["device"],
    help: "Bytes that a network device sent.",
  },
  node_disk_io_time_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["device"],
    help: "Seconds that a disk spent doing I/O.",
  },
  node_uname_info: {
    type: "gauge",
    unit: "info",
    labels: ["sysname", "release", "version", "machine", "nodename", "domainname"],
    help: "The machine's name and kernel.",
  },
} as const;
