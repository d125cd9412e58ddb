/**
 * The Kubernetes API server. Other servers of the same library expose the same names: select them by `job="apiserver"`.
 *
 * @see https://kubernetes.io/docs/reference/instrumentation/metrics/
 */
export const apiServerMetrics = {
  apiserver_request_total: {
    type: "counter",
    unit: "count",
    labels: ["verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component", "code"],
    help: "Requests that were answered.",
  },
  apiserver_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component"],
    help: "How long an answer took.",
  },
  apiserver_request_sli_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["verb", "group", "version", "resource", "subresource", "scope", "component"],
    help: "How long an answer took, without webhooks and without waiting in the queue of priority and fairness.",
  },
  apiserver_request_terminations_total: {
    type: "counter",
    unit: "count",
    labels: ["verb", "group", "version", "resource", "subresource", "scope", "component", "code"],
    help: "Requests that the server cut off in self-defence: 429 before it began, 504 when they took too long.",
  },
  apiserver_flowcontrol_rejected_requests_total: {
    type: "counter",
    unit: "count",
    labels: ["flow_schema", "priority_level", "reason"],
    help: "Requests that priority and fairness refused: reason queue-full, concurrency-limit, time-out or cancelled.",
  },
  apiserver_flowcontrol_current_inqueue_requests: {
    type: "gauge",
    unit: "count",
    labels: ["flow_schema", "priority_level"],
    help: "Requests that wait in a queue of priority and fairness.",
  },
  apiserver_current_inflight_requests: {
    type: "gauge",
    unit: "count",
    labels: ["request_kind"],
    help: "Requests that are under way: readOnly or mutating.",
  },
  apiserver_admission_webhook_admission_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["name", "operation", "rejected", "type"],
    help: "How long an admission webhook took: type admit or validating.",
  },
  apiserver_admission_webhook_rejection_count: {
    type: "counter",
    unit: "count",
    labels: ["name", "operation", "type", "error_type", "rejection_code"],
    help: "Requests that an admission webhook refused, or that were refused because it could not be called: error_type no_error, calling_webhook_error or apiserver_internal_error.",
  },
  apiserver_admission_webhook_fail_open_count: {
    type: "counter",
    unit: "count",
    labels: ["name", "type"],
    help: "Requests that were let through because an admission webhook could not be called.",
  },
  apiserver_client_certificate_expiration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: [],
    help: "How long the certificate is still valid with which a client authenticated.",
  },
  apiserver_requested_deprecated_apis: {
    type: "gauge",
    unit: "boolean",
    labels: ["group", "version", "resource", "subresource", "removed_release"],
    help: "A deprecated API that was asked for since the server started.",
  },
  apiserver_storage_size_bytes: {
    type: "gauge",
    unit: "bytes",
    labels: ["storage_cluster_id"],
    help: "Size of the database file behind the API.",
  },
  apiserver_storage_objects: {
    type: "gauge",
    unit: "count",
    labels: ["resource"],
    help: "Objects that are stored.",
  },
  aggregator_unavailable_apiservice: {
    type: "gauge",
    unit: "boolean",
    labels: ["name"],
    help: "Whether an aggregated API cannot be reached: v1beta1.metrics.k8s.io and others.",
  },
  aggregator_unavailable_apiservice_total: {
    type: "counter",
    unit: "count",
    labels: ["name", "reason"],
    help: "Times that an aggregated API could no longer be reached.",
  },
} as const;
