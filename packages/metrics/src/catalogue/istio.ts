/**
 * Istio 1.2x: istiod, and what its proxies count of each request. istiod's counters have the names that its source gives them, without `_total` added.
 *
 * @see https://istio.io/latest/docs/reference/commands/pilot-discovery/#metrics
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const istioMetrics = {
  pilot_info: {
    type: "gauge",
    unit: "info",
    labels: ["version"],
    help: "The version of istiod: there as long as istiod is.",
  },
  pilot_xds: { type: "gauge", unit: "count", labels: ["version"], help: "Proxies that are connected." },
  pilot_total_xds_rejects: {
    type: "counter",
    unit: "count",
    labels: ["type"],
    help: "Configurations that a proxy refused: type cds, lds, rds, eds and others.",
  },
  pilot_total_xds_internal_errors: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Configurations that istiod could not make or send.",
  },
  pilot_proxy_convergence_time: {
    type: "histogram",
    unit: "seconds",
    labels: [],
    help: "From a change to the proxy that has all of it.",
  },
  sidecar_injection_failure_total: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Pods that could not be given a sidecar.",
  },
  citadel_server_root_cert_expiry_timestamp: {
    type: "gauge",
    unit: "timestamp",
    labels: [],
    help: "When the mesh's root certificate expires.",
  },
  citadel_server_csr_count: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Requests of workloads for a certificate.",
  },
  citadel_server_authentication_failure_count: {
    type: "counter",
    unit: "count",
    labels: [],
    help: "Requests for a certificate of somebody who could not prove who it is.",
  },
  istio_requests_total: {
    type: "counter",
    unit: "count",
    labels: [
      "reporter",
      "source_workload",
      "source_workload_namespace",
      "destination_workload",
      "destination_workload_namespace",
      "destination_service",
      "destination_service_name",
      "destination_service_namespace",
      "response_code",
      "response_flags",
      "request_protocol",
      "connection_security_policy",
    ],
    help: "Requests that a proxy saw: reporter source for the caller's, destination for the server's, waypoint in ambient mode.",
  },
  istio_request_duration_milliseconds: {
    type: "histogram",
    unit: "milliseconds",
    labels: [
      "reporter",
      "source_workload",
      "source_workload_namespace",
      "destination_workload",
      "destination_workload_namespace",
      "destination_service",
      "destination_service_name",
      "destination_service_namespace",
      "response_code",
      "response_flags",
      "request_protocol",
      "connection_security_policy",
    ],
    help: "Milliseconds that a request took, as a proxy saw it.",
  },
} as const;
