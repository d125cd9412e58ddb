/**
 * Falco 0.4x. All of it only with `metrics.enabled` and `webserver.prometheus_metrics_enabled`.
 *
 * @see https://falco.org/docs/concepts/metrics/
 */
export const falcoMetrics = {
  falcosecurity_falco_version_info: {
    type: "gauge",
    unit: "info",
    labels: ["version"],
    help: "The version: there as long as Falco is.",
  },
  falcosecurity_falco_rules_matches_total: {
    type: "counter",
    unit: "count",
    labels: ["rule_name", "priority", "source"],
    help: "Events that matched a rule: priority 0 (emergency) to 7 (debug). Only with metrics.rules_counters_enabled; exists from the first match on.",
  },
  falcosecurity_falco_outputs_queue_num_drops_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Detections that were dropped because an output is too slow.",
  },
  falcosecurity_scap_n_evts_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "System calls that the kernel's probe saw. Only with metrics.kernel_event_counters_enabled.",
  },
  falcosecurity_scap_n_drops_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "System calls that the kernel's probe saw and Falco did not. Only with metrics.kernel_event_counters_enabled.",
  },
} as const;
