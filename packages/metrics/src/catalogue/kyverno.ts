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
  kyverno_image_validating_policy_results_total: {
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
    help: "ImageValidatingPolicies that were applied, by result: pass, fail, warn, error or skip.",
  },
  kyverno_controller_drop_total: {
    type: "counter",
    unit: "count",
    labels: ["controller_name"],
    help: "Objects that a controller gave up after its retries.",
  },
  kyverno_breaker_drops_total: {
    type: "counter",
    unit: "count",
    labels: ["circuit_name"],
    help: "Reports that were not written because too many wait for the reports controller.",
  },
  kyverno_events_dropped_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Events that were not written because too many wait.",
  },
  kyverno_cleanup_controller_errors_total: {
    type: "counter",
    unit: "count",
    labels: [
      "policy_type",
      "policy_namespace",
      "policy_name",
      "resource_kind",
      "resource_namespace",
      "deletion_propagation",
    ],
    help: "Deletions of a CleanupPolicy that failed.",
  },
  kyverno_deleting_controller_errors_total: {
    type: "counter",
    unit: "count",
    labels: [
      "policy_type",
      "policy_namespace",
      "policy_name",
      "resource",
      "resource_namespace",
      "deletion_propagation",
    ],
    help: "Deletions of a DeletingPolicy that failed.",
  },
} as const;
