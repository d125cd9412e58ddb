/**
 * Alertmanager 0.34 about itself.
 *
 * @see https://github.com/prometheus/alertmanager/blob/main/notify/notify.go
 */
export const alertmanagerMetrics = {
  alertmanager_alerts: {
    type: "gauge",
    unit: "count",
    labels: ["state"],
    help: "Alerts by state: active, suppressed or unprocessed.",
  },
  alertmanager_notifications_total: {
    type: "counter",
    unit: "count",
    labels: ["integration"],
    help: "Notifications that were tried.",
  },
  alertmanager_notifications_failed_total: {
    type: "counter",
    unit: "count",
    labels: ["integration", "reason"],
    help: "Notifications that failed, by reason.",
  },
  alertmanager_config_last_reload_successful: {
    type: "gauge",
    unit: "boolean",
    labels: [],
    help: "Whether the last reload of the configuration succeeded.",
  },
  alertmanager_cluster_members: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Members that this Alertmanager sees in its cluster.",
  },
  alertmanager_build_info: {
    type: "gauge",
    unit: "info",
    labels: ["version", "revision", "branch", "goversion"],
    help: "The version: there as long as Alertmanager is.",
  },
  alertmanager_config_hash: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "A hash of the configuration that is loaded.",
  },
  alertmanager_cluster_failed_peers: {
    type: "gauge",
    unit: "count",
    labels: [],
    help: "Members that were lost and are tried again.",
  },
} as const;
