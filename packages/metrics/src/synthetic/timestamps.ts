import { fractionOf } from "./random.ts";

const day = 86_400;

/** Moments that are still to come, and how long usually. */
const ahead: Readonly<Record<string, number>> = {
  certmanager_certificate_expiration_timestamp_seconds: 61 * day,
  certmanager_certificate_renewal_timestamp_seconds: 31 * day,
  citadel_server_root_cert_expiry_timestamp: 2800 * day,
  kube_cronjob_next_schedule_time: 3600,
};

/** Moments that come again and again, and how often. */
const again: Readonly<Record<string, number>> = {
  kube_cronjob_status_last_schedule_time: 3600,
  kube_cronjob_status_last_successful_time: 3600,
  velero_backup_last_successful_timestamp: day,
  external_dns_controller_last_sync_timestamp_seconds: 60,
  external_dns_controller_last_reconcile_timestamp_seconds: 60,
  loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds: 600,
  prometheus_remote_storage_queue_highest_timestamp_seconds: 15,
  prometheus_remote_storage_queue_highest_sent_timestamp_seconds: 15,
};

/** The value of a gauge that says when something was or will be, in seconds since the epoch. `now` is when the data end. */
export function timestampValue(metric: string, whose: string, now: number): (time: number) => number {
  const fraction = fractionOf(`moment ${metric} ${whose}`);
  const interval = again[metric];
  if (interval !== undefined) return (time) => Math.floor(time / interval) * interval + Math.floor(fraction * 5);
  const later = ahead[metric];
  if (later !== undefined) {
    // Whole intervals, so that the moment does not move with the end of the data.
    const end = Math.floor(now / day) * day + Math.floor(later * (0.4 + fraction));
    return (time) => (end > time ? end : time + 600);
  }
  const before = Math.floor(now / 3600) * 3600 - Math.floor(600 + fraction * 3 * 3600);
  return () => before;
}
