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
} as const;
