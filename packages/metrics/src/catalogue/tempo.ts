/**
 * Grafana Tempo about itself, in names that 2.x and 3.x share.
 *
 * @see https://github.com/grafana/tempo/tree/main/operations/tempo-mixin
 */
export const tempoMetrics = {
  tempo_build_info: {
    type: "gauge",
    unit: "info",
    labels: ["version", "revision", "branch", "goversion"],
    help: "The version: there as long as Tempo is.",
  },
  tempo_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["method", "route", "status_code", "ws"],
    help: "How long an answer took.",
  },
  tempo_distributor_spans_received_total: {
    type: "counter",
    unit: "count",
    labels: ["tenant"],
    help: "Spans that came in.",
  },
  tempo_discarded_spans_total: {
    type: "counter",
    unit: "count",
    labels: ["reason", "tenant"],
    help: "Spans that were refused: reason rate_limited, trace_too_large, live_traces_exceeded and others.",
  },
  tempodb_blocklist_poll_errors_total: {
    type: "counter",
    unit: "count",
    labels: ["tenant"],
    help: "Times that the list of blocks could not be read from the object store.",
  },
  tempodb_compaction_errors_total: { type: "counter", unit: "count", labels: [], help: "Compactions that failed." },
} as const;
