/**
 * cert-manager 1.x controller. `namespace` is the Certificate's own where the scrape honours labels, and `exported_namespace` where not.
 *
 * @see https://github.com/cert-manager/cert-manager/blob/master/pkg/metrics/metrics.go
 */
export const certManagerMetrics = {
  certmanager_certificate_expiration_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: ["name", "namespace", "exported_namespace", "issuer_name", "issuer_kind", "issuer_group"],
    help: "When a Certificate expires.",
  },
  certmanager_certificate_renewal_timestamp_seconds: {
    type: "gauge",
    unit: "timestamp",
    labels: ["name", "namespace", "exported_namespace", "issuer_name", "issuer_kind", "issuer_group"],
    help: "When a Certificate is renewed next.",
  },
  certmanager_certificate_ready_status: {
    type: "gauge",
    unit: "boolean",
    labels: ["name", "namespace", "exported_namespace", "condition", "issuer_name", "issuer_kind", "issuer_group"],
    help: "Whether a Certificate is ready: condition True, False or Unknown.",
  },
  certmanager_clock_time_seconds_gauge: {
    type: "gauge",
    unit: "seconds",
    labels: [],
    help: "The controller's clock: there as long as the controller is.",
  },
  certmanager_http_acme_client_request_count: {
    type: "counter",
    unit: "count",
    labels: ["scheme", "host", "action", "method", "status"],
    help: "Requests to an ACME server, by HTTP status. Exists from the first one on.",
  },
  certmanager_controller_sync_call_count: {
    type: "counter",
    unit: "count",
    labels: ["controller"],
    help: "Reconciliations.",
  },
  certmanager_controller_sync_error_count: {
    type: "counter",
    unit: "count",
    labels: ["controller"],
    help: "Reconciliations that failed.",
  },
  certmanager_clusterissuer_ready_status: {
    type: "gauge",
    unit: "boolean",
    labels: ["name", "condition"],
    help: "Whether a ClusterIssuer is ready: condition True, False or Unknown. Exposed by cert-manager 1.21; not by 1.19.",
  },
} as const;
