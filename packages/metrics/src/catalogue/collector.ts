/**
 * The OpenTelemetry Collector about itself, in the names that it exposes when it is scraped: since 0.152 without `_total`. Of what exporters send, the labels of
 * the server are those of all exporters together: gRPC has no path.
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
    labels: ["exporter", "server_address", "server_port", "url_path"],
    help: "Spans that a back end took.",
  },
  otelcol_exporter_send_failed_spans: {
    type: "counter",
    unit: "count",
    labels: ["exporter", "server_address", "server_port", "url_path"],
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
    labels: ["exporter", "server_address", "server_port"],
    help: "Metric points that a back end took.",
  },
  otelcol_exporter_send_failed_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["exporter", "server_address", "server_port"],
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
    labels: ["exporter", "server_address", "server_port", "url_path"],
    help: "Log records that a back end took.",
  },
  otelcol_exporter_send_failed_log_records: {
    type: "counter",
    unit: "count",
    labels: ["exporter", "server_address", "server_port", "url_path"],
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
  otelcol_processor_memory_limiter_refused_spans: {
    type: "counter",
    unit: "count",
    labels: ["processor"],
    help: "Spans that the memory limiter refused.",
  },
  otelcol_processor_memory_limiter_refused_metric_points: {
    type: "counter",
    unit: "count",
    labels: ["processor"],
    help: "Metric points that the memory limiter refused.",
  },
  otelcol_processor_memory_limiter_refused_log_records: {
    type: "counter",
    unit: "count",
    labels: ["processor"],
    help: "Log records that the memory limiter refused.",
  },
  otelcol_processor_tail_sampling_sampling_trace_dropped_too_early: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Traces that were dropped before the decision because too many were held.",
  },
  otelcol_processor_tail_sampling_global_count_traces_sampled: {
    type: "counter",
    unit: "count",
    labels: ["sampled", "decision"],
    help: "Traces that were decided on: decision sampled, not_sampled or dropped.",
  },
  otelcol_loadbalancer_num_backends: {
    type: "gauge",
    unit: "count",
    labels: ["resolver"],
    help: "Samplers that a gateway spreads traces over.",
  },
  otelcol_loadbalancer_num_backend_updates: {
    type: "counter",
    unit: "count",
    labels: ["resolver"],
    help: "Times that the list of samplers changed.",
  },
  otelcol_loadbalancer_backend_outcome: {
    type: "counter",
    unit: "count",
    labels: ["exported_endpoint", "success"],
    help: "Batches that were handed to a sampler: success true or false.",
  },
} as const;
