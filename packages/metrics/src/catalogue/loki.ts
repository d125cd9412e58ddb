/**
 * Grafana Loki 3.7 about itself.
 *
 * @see https://grafana.com/docs/loki/latest/operations/meta-monitoring/
 */
export const lokiMetrics = {
  loki_build_info: {
    type: "gauge",
    unit: "info",
    labels: ["version", "revision", "branch", "goversion"],
    help: "The version: there as long as Loki is.",
  },
  loki_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["method", "route", "status_code", "ws"],
    help: "How long an answer took.",
  },
  loki_discarded_samples_total: {
    type: "counter",
    unit: "count",
    labels: ["reason", "tenant", "retention_hours", "policy", "format"],
    help: "Log lines that were refused: reason rate_limited, line_too_long, stream_limit and others.",
  },
  loki_ingester_chunks_flush_requests_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Attempts to write a chunk to the object store.",
  },
  loki_ingester_chunks_flush_failures_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Attempts to write a chunk to the object store that failed.",
  },
  loki_ingester_wal_disk_full_failures_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Writes to the write-ahead log that failed because the disk is full.",
  },
  loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: [],
    help: "When the index was last compacted; 0 when it has not been since the start. Named so for TSDB indexes, too.",
  },
} as const;
