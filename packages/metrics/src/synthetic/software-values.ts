import type { MetricSource } from "../catalogue/metric.ts";
import type { LabelTable } from "./label-values.ts";
import { values } from "./values.ts";

const trueFalse = (label: string) => values(label, "True", "False", "Unknown");

const devices = values("device", "eth0");
const disks = values("device", "nvme0n1");

/** Values of labels of single metrics of the software that the platform runs. */
export const softwareMetricValues: LabelTable<string> = {
  node_network_receive_bytes_total: [devices],
  node_network_transmit_bytes_total: [devices],
  node_network_receive_packets_total: [devices],
  node_network_transmit_packets_total: [devices],
  node_network_receive_errs_total: [devices],
  node_network_transmit_errs_total: [devices],
  node_network_receive_drop_total: [devices],
  node_network_transmit_drop_total: [devices],
  node_disk_io_time_seconds_total: [disks],
  node_disk_io_time_weighted_seconds_total: [disks],
  // https://github.com/cert-manager/cert-manager/blob/master/pkg/metrics
  certmanager_http_acme_client_request_count: [
    [{ scheme: "https", host: "acme-v02.api.letsencrypt.org", action: "new_order", method: "POST" }],
    values("status", "200", "201", "400", "429", "500", "503", "999"),
  ],
  // gitops-engine/pkg/sync/common/types.go: OperationPhase.
  argocd_app_sync_total: [values("phase", "Succeeded", "Failed", "Error"), values("dry_run", "false")],
  argocd_login_request_total: [values("status", "success", "failure")],
  workqueue_depth: [
    [
      { name: "app_reconciliation_queue", controller: "app_reconciliation_queue", priority: "" },
      { name: "app_operation_processing_queue", controller: "app_operation_processing_queue", priority: "" },
      { name: "project_reconciliation_queue", controller: "project_reconciliation_queue", priority: "" },
    ],
  ],
  alertmanager_alerts: [values("state", "active", "suppressed", "unprocessed")],
  // https://github.com/prometheus/alertmanager/blob/main/notify/util.go: Reason.
  alertmanager_notifications_failed_total: [
    values(
      "reason",
      "clientError",
      "serverError",
      "contextCanceled",
      "contextDeadlineExceeded",
      "rateLimited",
      "other",
    ),
  ],
  // https://github.com/prometheus-operator/prometheus-operator/blob/main/pkg/operator/operator.go
  prometheus_operator_managed_resources: [
    values("resource", "ServiceMonitor", "PodMonitor", "PrometheusRule"),
    values("state", "selected", "rejected"),
  ],
  // https://grafana.com/docs/loki/latest/operations/request-validation-rate-limits/
  loki_discarded_samples_total: [
    [{ tenant: "fake", retention_hours: "744", policy: "", format: "" }],
    values(
      "reason",
      "rate_limited",
      "per_stream_rate_limit",
      "line_too_long",
      "stream_limit",
      "greater_than_max_sample_age",
    ),
  ],
  // https://grafana.com/docs/tempo/latest/troubleshooting/: reasons of discarded spans.
  tempo_discarded_spans_total: [
    [{ tenant: "single-tenant" }],
    values("reason", "rate_limited", "live_traces_exceeded", "trace_too_large", "internal_error"),
  ],
  tempo_request_duration_seconds: [
    [
      { method: "GET", route: "api_search", ws: "false" },
      { method: "GET", route: "api_traces_traceid", ws: "false" },
      { method: "gRPC", route: "/tempopb.Pusher/PushBytesV2", ws: "false" },
    ],
    // The middleware of dskit says "error" where gRPC has no code that fits.
    values("status_code", "200", "404", "500", "503", "success", "error"),
  ],
  loki_request_duration_seconds: [
    [
      { method: "POST", route: "loki_api_v1_push", ws: "false" },
      { method: "GET", route: "loki_api_v1_query_range", ws: "false" },
      { method: "gRPC", route: "/logproto.Pusher/Push", ws: "false" },
    ],
    values("status_code", "200", "204", "429", "500", "503", "success", "error"),
  ],
  grafana_http_request_duration_seconds: [
    [
      { handler: "/api/ds/query", method: "POST" },
      { handler: "/api/dashboards/uid/:uid", method: "GET" },
    ],
    values("status_code", "200", "404", "500", "502"),
  ],
  trivy_image_vulnerabilities: [values("severity", "Critical", "High", "Medium", "Low", "Unknown")],
  trivy_image_exposedsecrets: [values("severity", "Critical", "High", "Medium", "Low")],
  trivy_resource_configaudits: [values("severity", "Critical", "High", "Medium", "Low")],
  trivy_clusterrole_clusterrbacassessments: [
    [{ name: "clusterrole-admin", resource_kind: "ClusterRole", resource_name: "admin" }],
    values("severity", "Critical", "High", "Medium", "Low"),
  ],
  certmanager_certificate_ready_status: [trueFalse("condition")],
  certmanager_clusterissuer_ready_status: [trueFalse("condition")],
  // https://external-secrets.io/latest/api/metrics/
  externalsecret_status_condition: [values("condition", "Ready", "Deleted"), trueFalse("status")],
  secretstore_status_condition: [values("condition", "Ready"), trueFalse("status")],
  clustersecretstore_status_condition: [
    values("name", "parameter-store", "secrets-manager"),
    values("namespace", ""),
    values("condition", "Ready"),
    trueFalse("status"),
  ],
  // https://karpenter.sh/docs/reference/metrics/
  karpenter_nodeclaims_created_total: [values("reason", "provisioned"), values("min_values_relaxed", "false")],
  karpenter_nodeclaims_terminated_total: [values("capacity_type", "on-demand", "spot"), values("zone", "a")],
  karpenter_voluntary_disruption_queue_failures_total: [
    [
      { decision: "replace", reason: "drifted", consolidation_type: "" },
      { decision: "delete", reason: "underutilized", consolidation_type: "single" },
    ],
  ],
  karpenter_cloudprovider_errors_total: [
    [{ controller: "nodeclaim.lifecycle", provider: "aws" }],
    values("method", "Create", "Delete", "Get"),
    values("error", "InsufficientCapacityError", "NodeClassNotReadyError", "NodeClaimNotFoundError", "UnknownError"),
  ],
  karpenter_scheduler_queue_depth: [[{ controller: "provisioner", scheduling_id: "1" }]],
  // sigs.k8s.io/karpenter/pkg/apis/v1: condition types of NodeClaim and NodePool.
  operator_nodeclaim_status_condition_count: [
    values("type", "Launched", "Registered", "Initialized", "Ready", "Drifted"),
    trueFalse("status"),
    values("namespace", ""),
    values("reason", "Ready"),
  ],
  operator_nodepool_status_condition_count: [
    values("type", "NodeClassReady", "ValidationSucceeded", "Ready"),
    trueFalse("status"),
    values("namespace", ""),
    values("reason", "Ready"),
  ],
  kyverno_controller_drop_total: [values("controller_name", "admission-report-controller", "webhook-controller")],
  kyverno_breaker_drops_total: [values("circuit_name", "report creation")],
  // https://istio.io/latest/docs/reference/commands/pilot-discovery/#metrics
  pilot_total_xds_rejects: [values("type", "cds", "eds", "lds", "rds")],
  pilot_xds: [values("version", "1.29.0", "1.29.1")],
  pilot_info: [values("version", "1.29.1")],
  otelcol_loadbalancer_backend_outcome: [
    values("exported_endpoint", "10.0.100.7:4317", "10.0.100.8:4317"),
    values("success", "true", "false"),
  ],
  otelcol_processor_tail_sampling_global_count_traces_sampled: [
    [
      { sampled: "true", decision: "sampled" },
      { sampled: "false", decision: "not_sampled" },
      { sampled: "false", decision: "dropped" },
    ],
  ],
  // https://falco.org/docs/concepts/rules/basic-elements/#priority
  falcosecurity_falco_rules_matches_total: [
    [
      { rule_name: "Terminal shell in container", priority: "5", source: "syscall" },
      { rule_name: "Read sensitive file untrusted", priority: "4", source: "syscall" },
      { rule_name: "Write below binary directory", priority: "3", source: "syscall" },
      { rule_name: "Drop and execute new binary in container", priority: "2", source: "syscall" },
    ],
  ],
  prometheus_tsdb_head_samples_appended_total: [values("type", "float", "histogram")],
  velero_backup_location_status_gauge: [values("backup_location_name", "default")],
};

/** Values of labels of all metrics of a program. */
export const softwareSourceValues: LabelTable<MetricSource> = {
  alertmanager: [
    // https://prometheus.io/docs/alerting/latest/configuration/: those that Plinth's receivers use.
    values("integration", "pagerduty", "slack", "webhook", "email"),
  ],
  prometheus: [
    values("rule_group", "plinth-workloads", "plinth-nodes"),
    values("alertmanager", "http://10.0.100.3:9093/api/v2/alerts"),
    [{ remote_name: "long-term", url: "https://metrics.example.com/api/v1/push" }],
  ],
  "prometheus-operator": [values("controller", "prometheus", "alertmanager", "thanos")],
  tempo: [values("tenant", "single-tenant")],
  "argo-cd": [
    values("dest_server", "https://kubernetes.default.svc"),
    [{ server: "https://kubernetes.default.svc", k8s_version: "1.36" }],
    [{ repo: "https://git.example.com/shop/platform", revision: "main" }],
    values("request_type", "fetch", "ls-remote"),
    [{ hostname: "argocd-application-controller-0", command: "GET" }],
    values("initiator", "argocd-application-controller", "argocd-repo-server", "argocd-server"),
    values("failed", "false", "true"),
  ],
  // https://kyverno.io/docs/guides/monitoring/
  kyverno: [
    [
      {
        policy_name: "disallow-privileged-containers",
        rule_name: "privileged",
        policy_namespace: "",
        policy_type: "cluster",
      },
      { policy_name: "require-resource-requests", rule_name: "requests", policy_namespace: "", policy_type: "cluster" },
      { policy_name: "verify-images", rule_name: "signature", policy_namespace: "", policy_type: "cluster" },
    ],
    [
      {
        policy_validation_mode: "enforce",
        policy_background_mode: "true",
        deletion_propagation: "Background",
        rule_type: "validate",
        dry_run: "false",
      },
    ],
    [
      {
        resource_kind: "Pod",
        resource: "pods",
        resource_request_operation: "create",
        request_webhook: "ValidatingWebhookConfiguration",
      },
    ],
    [{ execution_cause: "admission_request", rule_execution_cause: "admission_request" }],
    values("result", "pass", "fail", "warn", "error", "skip"),
    values("rule_result", "pass", "fail", "warn", "error", "skip"),
    values("request_allowed", "true", "false"),
  ],
  istio: [
    // https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
    [
      { response_code: "200", response_flags: "-" },
      { response_code: "404", response_flags: "-" },
      { response_code: "500", response_flags: "-" },
      { response_code: "503", response_flags: "UH" },
      { response_code: "503", response_flags: "UF" },
      { response_code: "404", response_flags: "NR" },
      { response_code: "503", response_flags: "NC" },
    ],
    [{ request_protocol: "http", connection_security_policy: "mutual_tls" }],
  ],
  "cert-manager": [
    [{ issuer_name: "letsencrypt", issuer_kind: "ClusterIssuer", issuer_group: "cert-manager.io" }],
    values("controller", "certificates-issuing", "certificates-readiness", "orders"),
  ],
  "opentelemetry-collector": [
    [
      { receiver: "otlp", transport: "grpc" },
      { receiver: "otlp", transport: "http" },
    ],
    [
      {
        exporter: "otlp_grpc/gateway",
        server_address: "otel-gateway.opentelemetry",
        server_port: "4317",
        url_path: "",
      },
      {
        exporter: "otlp_http/logs",
        server_address: "loki-gateway.monitoring",
        server_port: "8080",
        url_path: "/otlp/v1/logs",
      },
    ],
    values("data_type", "traces", "metrics", "logs"),
    values("processor", "memory_limiter"),
    values("resolver", "k8s"),
  ],
  // https://opentelemetry.io/docs/specs/semconv/http/http-metrics/, /rpc/rpc-metrics/, /runtime/
  "opentelemetry-sdk": [
    [
      { http_request_method: "GET", http_route: "/", url_scheme: "http" },
      { http_request_method: "POST", http_route: "/api/{id}", url_scheme: "http" },
    ],
    [
      { http_response_status_code: "200" },
      { http_response_status_code: "404" },
      { http_response_status_code: "500", error_type: "500" },
    ],
    [{ rpc_service: "shop.Service", rpc_method: "Get" }],
    [{ rpc_response_status_code: "OK" }, { rpc_response_status_code: "UNAVAILABLE", error_type: "UNAVAILABLE" }],
    values("rpc_grpc_status_code", "0", "14"),
    [
      { jvm_memory_type: "heap", jvm_memory_pool_name: "G1 Old Gen" },
      { jvm_memory_type: "non_heap", jvm_memory_pool_name: "Metaspace" },
    ],
    [{ jvm_gc_name: "G1 Young Generation", jvm_gc_action: "end of minor GC" }],
    [
      { jvm_thread_daemon: "true", jvm_thread_state: "runnable" },
      { jvm_thread_daemon: "false", jvm_thread_state: "timed_waiting" },
    ],
    values("v8js_heap_space_name", "new_space", "old_space"),
    values("gc_heap_generation", "gen0", "gen1", "gen2", "loh", "poh"),
    values("error_type", "System.InvalidOperationException"),
    values("client_id", "consumer-1"),
  ],
  grafana: [values("edition", "oss")],
};
