/**
 * The OpenTelemetry Collector about itself, in the names that it exposes when it is scraped: since 0.152 without `_total`.
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
export const collectorMetrics = {
  otelcol_receiver_accepted_spans: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Spans that a receiver took.",
  },
  otelcol_receiver_refused_spans: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Spans that a receiver could not hand on.",
  },
  otelcol_receiver_accepted_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Metric points that a receiver took.",
  },
  otelcol_receiver_refused_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Metric points that a receiver could not hand on.",
  },
  otelcol_receiver_accepted_log_records: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Log records that a receiver took.",
  },
  otelcol_receiver_refused_log_records: {
    type: "counter",
    unit: "count",
    labels: ["receiver", "transport"],
    help: "Log records that a receiver could not hand on.",
  },
  otelcol_exporter_sent_spans: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Spans that a back end took.",
  },
  otelcol_exporter_send_failed_spans: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Spans that a back end did not take.",
  },
  otelcol_exporter_enqueue_failed_spans: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Spans that found the sending queue full.",
  },
  otelcol_exporter_sent_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Metric points that a back end took.",
  },
  otelcol_exporter_send_failed_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Metric points that a back end did not take.",
  },
  otelcol_exporter_enqueue_failed_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Metric points that found the sending queue full.",
  },
  otelcol_exporter_sent_log_records: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Log records that a back end took.",
  },
  otelcol_exporter_send_failed_log_records: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Log records that a back end did not take.",
  },
  otelcol_exporter_enqueue_failed_log_records: {
    type: "counter",
    unit: "count",
    labels: ["exporter"],
    help: "Log records that found the sending queue full.",
  },
  otelcol_exporter_queue_size: {
    type: "gauge",
    unit: "count",
    labels: ["exporter", "data_type"],
    help: "Batches that wait in the sending queue.",
  },
  otelcol_exporter_queue_capacity: {
    type: "gauge",
    unit: "count",
    labels: ["exporter", "data_type"],
    help: "Batches that fit into the sending queue.",
  },
  otelcol_process_memory_rss: { type: "gauge", unit: "bytes", labels: [], help: "Memory of the collector's process." },
  otelcol_process_uptime: {
    type: "counter",
    unit: "seconds",
    labels: [],
    help: "Seconds that the collector has been running.",
  },
} as const;
