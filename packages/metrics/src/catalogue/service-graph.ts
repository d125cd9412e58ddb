/**
 * The collector's service_graph connector, as Prometheus names what it counts. `failed` is "true" or "false"; `connection_type` is empty, `messaging_system`,
 * `database` or `virtual_node`. The last two labels are the platform's: without them all collectors would write one series.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/connector/servicegraphconnector/connector.go
 */
export const serviceGraphSeries = {
  traces_service_graph_request_total: {
    type: "counter",
    unit: "count",
    labels: ["client", "server", "connection_type", "failed", "collector_instance_id", "deployment_environment_name"],
    help: "Requests of one service to another.",
  },
  traces_service_graph_request_failed_total: {
    type: "counter",
    unit: "count",
    labels: ["client", "server", "connection_type", "failed", "collector_instance_id", "deployment_environment_name"],
    help: "Requests of one service to another that failed at either end.",
  },
  traces_service_graph_request_client_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["client", "server", "connection_type", "failed", "collector_instance_id", "deployment_environment_name"],
    help: "How long requests took, as the service that asked saw it.",
  },
  traces_service_graph_request_server_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["client", "server", "connection_type", "failed", "collector_instance_id", "deployment_environment_name"],
    help: "How long requests took, as the service that answered saw it.",
  },
} as const;
