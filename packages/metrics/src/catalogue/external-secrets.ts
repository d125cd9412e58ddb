/**
 * External Secrets Operator 1.3. `namespace` is that of the object where the scrape honours labels.
 *
 * @see https://external-secrets.io/latest/api/metrics/
 */
export const externalSecretsMetrics = {
  externalsecret_status_condition: {
    type: "gauge",
    unit: "boolean",
    labels: ["name", "namespace", "condition", "status"],
    help: "A condition of an ExternalSecret: Ready or Deleted; status True or False.",
  },
  externalsecret_sync_calls_total: {
    type: "counter",
    unit: "count",
    labels: ["name", "namespace"],
    help: "Attempts to bring an ExternalSecret's values.",
  },
  externalsecret_sync_calls_error: {
    type: "counter",
    unit: "count",
    labels: ["name", "namespace"],
    help: "Attempts to bring an ExternalSecret's values that failed.",
  },
  secretstore_status_condition: {
    type: "gauge",
    unit: "boolean",
    labels: ["name", "namespace", "condition", "status"],
    help: "The condition Ready of a SecretStore; status True, False or Unknown.",
  },
  clustersecretstore_status_condition: {
    type: "gauge",
    unit: "boolean",
    labels: ["name", "namespace", "condition", "status"],
    help: "The condition Ready of a ClusterSecretStore; status True, False or Unknown. The label namespace is empty.",
  },
} as const;
