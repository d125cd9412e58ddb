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
  node_load5: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Load average over five minutes.",
  },
  node_boot_time_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: [],
    help: "When the machine started.",
  },
  node_memory_MemTotal_bytes: { type: "gauge", unit: "bytes", labels: [], help: "Memory of the machine." },
  node_memory_MemAvailable_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: [],
    help: "Memory that can be had without swapping.",
  },
  node_vmstat_pgmajfault: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Page faults for which a page was read from disk.",
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
  node_network_receive_packets_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device received.",
  },
  node_network_transmit_packets_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device sent.",
  },
  node_network_receive_errs_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device received damaged.",
  },
  node_network_transmit_errs_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device could not send.",
  },
  node_network_receive_drop_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device received and dropped.",
  },
  node_network_transmit_drop_total: {
    type: "counter",
    unit: "count",
    labels: ["device"],
    help: "Packets that a network device was to send and dropped.",
  },
  node_disk_io_time_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["device"],
    help: "Seconds that a disk spent doing I/O.",
  },
  node_disk_io_time_weighted_seconds_total: {
    type: "counter",
    unit: "seconds",
    labels: ["device"],
    help: "Seconds that I/O of a disk took, times the requests that waited: its rate is the mean length of the queue.",
  },
  node_nf_conntrack_entries: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Connections that the kernel tracks.",
  },
  node_nf_conntrack_entries_limit: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Connections that the kernel can track at most.",
  },
  node_timex_offset_seconds: {
    type: "gauge",
    unit: "seconds",
    labels: [],
    help: "How far the clock is off its source.",
  },
  node_timex_sync_status: {
    type: "gauge",
    unit: "boolean",
    labels: [],
    help: "Whether the clock follows a reliable source.",
  },
  node_timex_maxerror_seconds: {
    type: "gauge",
    unit: "seconds",
    labels: [],
    help: "How far the clock can be off at most; 16 seconds when nothing has disciplined it for long.",
  },
  node_uname_info: {
    type: "gauge",
    unit: "info",
    labels: ["sysname", "release", "version", "machine", "nodename", "domainname"],
    help: "The machine's name and kernel.",
  },
} as const;
