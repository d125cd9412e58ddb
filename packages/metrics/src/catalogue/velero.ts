/**
 * Velero 1.18. Backups that no schedule makes have an empty `schedule`.
 *
 * @see https://github.com/vmware-tanzu/velero/blob/main/pkg/metrics/metrics.go
 */
export const veleroMetrics = {
  velero_backup_failure_total: {
    type: "counter",
    unit: "count",
    labels: ["schedule"],
    help: "Backups that failed. Starts at 0 for each schedule.",
  },
  velero_backup_partial_failure_total: {
    type: "counter",
    unit: "count",
    labels: ["schedule"],
    help: "Backups that lack something. Starts at 0 for each schedule.",
  },
  velero_backup_last_successful_timestamp: {
    type: "gauge",
    unit: "timestamp",
    labels: ["schedule"],
    help: "When a backup last succeeded.",
  },
  velero_backup_location_status_gauge: {
    type: "gauge",
    unit: "boolean",
    labels: ["backup_location_name"],
    help: "Whether a place for backups can be reached.",
  },
  velero_restore_failed_total: { type: "counter", unit: "count", labels: ["schedule"], help: "Restores that failed." },
  velero_restore_partial_failure_total: {
    type: "counter",
    unit: "count",
    labels: ["schedule"],
    help: "Restores that lack something.",
  },
  velero_csi_snapshot_attempt_total: {
    type: "counter",
    unit: "count",
    labels: ["schedule", "backupName"],
    help: "Snapshots of volumes that were tried.",
  },
  velero_csi_snapshot_failure_total: {
    type: "counter",
    unit: "count",
    labels: ["schedule", "backupName"],
    help: "Snapshots of volumes that failed.",
  },
} as const;
