/**
 * Kyverno 1.19 controllers. The policies of `kyverno.io` and those of `policies.kyverno.io` are counted apart.
 *
 * @see https://kyverno.io/docs/monitoring/
 * @see https://github.com/kyverno/kyverno/tree/v1.19.1/pkg/metrics
 */
export const kyvernoMetrics = {
  kyverno_policy_results_total: {
    type: "counter",
    unit: "count",
    labels: [
      "policy_validation_mode",
      "policy_type",
      "policy_background_mode",
      "policy_namespace",
      "policy_name",
      "resource_kind",
      "resource_namespace",
      "resource_request_operation",
      "rule_name",
      "rule_result",
      "rule_type",
      "rule_execution_cause",
      "dry_run",
    ],
    help: "Rules of ClusterPolicy and Policy that were applied, by rule_result: pass, fail, warn, error or skip.",
  },
  kyverno_validating_policy_results_total: {
    type: "counter",
    unit: "count",
    labels: [
      "policy_validation_mode",
      "policy_background_mode",
      "policy_name",
      "policy_namespace",
      "resource_kind",
      "resource_namespace",
      "resource_request_operation",
      "execution_cause",
      "result",
    ],
    help: "ValidatingPolicies that were applied, by result: pass, fail, warn, error or skip.",
  },
  kyverno_admission_requests_total: {
    type: "counter",
    unit: "count",
    labels: ["resource_kind", "resource_namespace", "resource_request_operation", "request_allowed", "request_webhook"],
    help: "Admission requests, by answer.",
  },
  kyverno_admission_review_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["resource_kind", "resource_namespace", "resource_request_operation", "request_allowed", "request_webhook"],
    help: "How long an admission review took.",
  },
} as const;
