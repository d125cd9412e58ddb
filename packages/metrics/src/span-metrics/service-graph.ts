import { type LabelOf, metric } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";

/** How the collector's service_graph connector is set up, and the series that come of it: collectors, rules and dashboards all read this one. */
export interface ServiceGraphProfile {
  /** The connector's `latency_histogram_buckets`. */
  readonly buckets: readonly string[];
  /** How long a span waits for the one at its other end, and how many wait at most: `store`. */
  readonly store: { readonly ttl: "10s"; readonly maxItems: number };
  /** Attributes that name what sends no spans itself, such as databases and other companies: `virtual_node_peer_attributes`. */
  readonly peerAttributes: readonly string[];
  /** Attributes that name a database: `database_name_attributes`. */
  readonly databaseAttributes: readonly string[];
  /** Attributes that the platform adds to each point, and their labels: who counted, and where. */
  readonly attributes: {
    readonly collector: "collector.instance.id";
    readonly environment: "deployment.environment.name";
  };
  /** Names of the labels. */
  readonly labels: {
    readonly client: "client";
    readonly server: "server";
    readonly connection: "connection_type";
    readonly failed: "failed";
    readonly collector: "collector_instance_id";
    readonly environment: "deployment_environment_name";
  };
  readonly requests: Metric<"traces_service_graph_request_total", LabelOf<"traces_service_graph_request_total">>;
  readonly failedRequests: Metric<
    "traces_service_graph_request_failed_total",
    LabelOf<"traces_service_graph_request_failed_total">
  >;
  /** How long requests took for who asked, in seconds: a histogram. */
  readonly clientDuration: Metric<
    "traces_service_graph_request_client_seconds",
    LabelOf<"traces_service_graph_request_client_seconds">
  >;
  /** How long requests took for who answered, in seconds: a histogram. */
  readonly serverDuration: Metric<
    "traces_service_graph_request_server_seconds",
    LabelOf<"traces_service_graph_request_server_seconds">
  >;
}

/**
 * The platform's metrics of calls between services.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/servicegraphconnector
 * @example
 * rate(select(serviceGraphMetrics.requests, { client: "frontend", server: "checkout" }), "5m");
 */
export const serviceGraphMetrics: ServiceGraphProfile = {
  buckets: ["50ms", "100ms", "200ms", "500ms", "1s", "2s", "5s"],
  store: { ttl: "10s", maxItems: 50_000 },
  // Today's names before those of semantic conventions 1.38 and earlier, which libraries still send.
  peerAttributes: ["service.peer.name", "peer.service", "db.system.name", "db.system", "server.address"],
  databaseAttributes: ["db.namespace", "db.name"],
  attributes: { collector: "collector.instance.id", environment: "deployment.environment.name" },
  labels: {
    client: "client",
    server: "server",
    connection: "connection_type",
    failed: "failed",
    collector: "collector_instance_id",
    environment: "deployment_environment_name",
  },
  requests: metric("traces_service_graph_request_total"),
  failedRequests: metric("traces_service_graph_request_failed_total"),
  clientDuration: metric("traces_service_graph_request_client_seconds"),
  serverDuration: metric("traces_service_graph_request_server_seconds"),
};
