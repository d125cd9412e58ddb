/**
 * ExternalDNS 0.22.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/monitoring/metrics/
 */
export const externalDnsMetrics = {
  external_dns_controller_last_sync_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: [],
    help: "When records were last brought into agreement with the DNS provider.",
  },
  external_dns_controller_last_reconcile_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: [],
    help: "When that was last tried.",
  },
  external_dns_registry_errors_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Errors of the DNS provider or of the registry of records.",
  },
  external_dns_source_errors_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Errors while reading the objects that want records.",
  },
} as const;
