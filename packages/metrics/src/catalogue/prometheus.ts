/**
 * Prometheus 3.x about itself.
 *
 * @see https://github.com/prometheus/prometheus
 */
export const prometheusMetrics = {
  prometheus_tsdb_head_series: { type: "gauge", unit: "count", labels: [], help: "Series in memory." },
  prometheus_tsdb_compactions_failed_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Compactions of blocks that failed.",
  },
  prometheus_rule_evaluation_failures_total: {
    type: "counter",
    unit: "count",
    labels: ["rule_group"],
    help: "Rules that could not be evaluated.",
  },
  prometheus_rule_group_iterations_missed_total: {
    type: "counter",
    unit: "count",
    labels: ["rule_group"],
    help: "Evaluations of a group that were skipped because the one before was still running.",
  },
  prometheus_config_last_reload_successful: {
    type: "gauge",
    unit: "boolean",
    labels: [],
    help: "Whether the last reload of the configuration succeeded.",
  },
  prometheus_notifications_errors_total: {
    type: "counter",
    unit: "count",
    labels: ["alertmanager"],
    help: "Alerts that could not be sent to an Alertmanager.",
  },
  prometheus_notifications_sent_total: {
    type: "counter",
    unit: "count",
    labels: ["alertmanager"],
    help: "Alerts that were sent to an Alertmanager.",
  },
  prometheus_notifications_dropped_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Alerts that were dropped before they were sent.",
  },
  prometheus_remote_storage_samples_failed_total: {
    type: "counter",
    unit: "count",
    labels: ["remote_name", "url"],
    help: "Samples that a remote store refused for good.",
  },
} as const;
