/**
 * Prometheus 3.x about itself.
 *
 * @see https://github.com/prometheus/prometheus
 */
export const prometheusMetrics = {
  // https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime
  ALERTS: {
    type: "gauge",
    unit: "boolean",
    labels: ["alertname", "alertstate", "severity", "team", "service", "tier", "slo", "namespace"],
    values: { alertstate: ["pending", "firing"] },
    help: "An alert whose condition holds, with the labels of the platform's alerts; nothing when it does not.",
  },
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
  prometheus_tsdb_head_samples_appended_total: {
    type: "counter",
    unit: "count",
    labels: ["type"],
    help: "Samples that were written: type float or histogram.",
  },
  prometheus_tsdb_reloads_failures_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Times that the blocks on disk could not be loaded anew.",
  },
  prometheus_tsdb_wal_corruptions_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Damages of the write-ahead log that were found.",
  },
  prometheus_target_scrapes_sample_duplicate_timestamp_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Samples that were refused because another value has their time.",
  },
  prometheus_target_scrapes_sample_out_of_order_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Samples that were refused because they are older than the newest.",
  },
  prometheus_target_scrapes_exceeded_sample_limit_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Scrapes that were refused because they brought too many samples.",
  },
  prometheus_target_scrapes_exceeded_body_size_limit_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Scrapes that were refused because they were too large.",
  },
  prometheus_target_scrape_pool_exceeded_label_limits_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Scrapes that were refused because of too many or too long labels.",
  },
  prometheus_target_scrape_pool_exceeded_target_limit_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Times that a job had more targets than it may have.",
  },
  prometheus_rule_group_rules: { type: "gauge", unit: "count", labels: ["rule_group"], help: "Rules of a group." },
  prometheus_notifications_alertmanagers_discovered: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Alertmanagers that Prometheus sends to.",
  },
  prometheus_remote_storage_samples_total: {
    type: "counter",
    unit: "count",
    labels: ["remote_name", "url"],
    help: "Samples that were sent to a remote store, with those that are sent again.",
  },
  prometheus_remote_storage_queue_highest_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: ["remote_name", "url"],
    help: "The newest sample in the queue of a remote store.",
  },
  prometheus_remote_storage_queue_highest_sent_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: ["remote_name", "url"],
    help: "The newest sample that a remote store has taken.",
  },
} as const;
