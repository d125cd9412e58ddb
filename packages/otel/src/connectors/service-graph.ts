import { block, type Connector, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly, tracesOnly } from "../configuration/signal.ts";

export interface ServiceGraphOptions {
  /** Upper bounds of the histograms. @default the connector's own 13, from 2 ms to 15 s */
  readonly buckets?: readonly Duration[];
  /** Attributes of spans that become labels, each for the client and for the server. @default none */
  readonly dimensions?: readonly string[];
  /** How long a span waits for the one at its other end. @default "2s" */
  readonly ttl?: Duration;
  /** Spans that wait at most. @default 1000 */
  readonly maxItems?: number;
  /** Attributes that name what is called where it sends no spans: databases, other companies. First match first. @default peer.service, db.name, db.system */
  readonly virtualNodePeerAttributes?: readonly string[];
  /** Whether a label says which end was made up. @default false */
  readonly virtualNodeLabel?: boolean;
  /** Attributes that name a database. @default db.name */
  readonly databaseNameAttributes?: readonly string[];
  /** How often metrics are emitted; "0s" for each request. @default "60s" */
  readonly flushInterval?: Duration;
  /** Tells two connectors apart. */
  readonly name?: string;
}

/**
 * Counts and measures the calls between services by pairing the spans at both ends: `traces_service_graph_request_total{client, server}`. All spans of a
 * trace must come to one collector, and it stands before what samples them. `servicegraph` before collector 0.151.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/servicegraphconnector
 * @example
 * serviceGraph({ ttl: "10s", maxItems: 20_000, virtualNodePeerAttributes: ["service.peer.name", "db.system.name", "server.address"] });
 */
export function serviceGraph({
  buckets,
  dimensions,
  ttl,
  maxItems,
  virtualNodePeerAttributes,
  virtualNodeLabel,
  databaseNameAttributes,
  flushInterval,
  name,
}: ServiceGraphOptions = {}): Connector<"traces", "metrics"> {
  return {
    kind: "connector",
    type: "service_graph",
    ...(name === undefined ? {} : { name }),
    options: written({
      latency_histogram_buckets: buckets,
      dimensions,
      store: block({ ttl, max_items: maxItems }),
      virtual_node_peer_attributes: virtualNodePeerAttributes,
      virtual_node_extra_label: virtualNodeLabel,
      database_name_attributes: databaseNameAttributes,
      metrics_flush_interval: flushInterval,
    }),
    accepts: tracesOnly,
    emits: metricsOnly,
  };
}
