import { block, type Connector, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly, tracesOnly } from "../configuration/signal.ts";

export interface SpanMetricsOptions {
  /** What the names of the metrics begin with. @default "traces.span.metrics" */
  readonly namespace?: string;
  /** Unit of the durations. @default "ms" */
  readonly unit?: "ms" | "s";
  /** Upper bounds of the histogram. @default the connector's own 16, from 2 ms to 15 s */
  readonly buckets?: readonly string[];
  /** Attributes of the span, or of whoever sent it, that become labels, beside service, span, kind and status. @default none */
  readonly dimensions?: readonly string[];
  /** Attributes of the resource that tell one series from another: without it a restarted pod begins a new one. @default all attributes */
  readonly resourceKeyAttributes?: readonly string[];
  /** Whether points carry the id of a trace that they count. @default false */
  readonly exemplars?: boolean;
  /** How often metrics are emitted. @default "60s" */
  readonly flushInterval?: Duration;
  /** When a series that got no more spans is forgotten. @default never */
  readonly expiration?: Duration;
  /** Series of one service at most; the rest is counted together. @default no limit */
  readonly cardinalityLimit?: number;
  /** Tells two connectors apart. */
  readonly name?: string;
}

/**
 * Counts spans and measures how long they took. It stands before what samples them. `spanmetrics` before collector 0.151.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 * @example
 * spanMetricsConnector({ unit: "s", buckets: ["100ms", "200ms", "1s"], exemplars: true });
 */
export function spanMetricsConnector({
  namespace,
  unit,
  buckets,
  dimensions,
  resourceKeyAttributes,
  exemplars,
  flushInterval,
  expiration,
  cardinalityLimit,
  name,
}: SpanMetricsOptions = {}): Connector<"traces", "metrics"> {
  return {
    kind: "connector",
    type: "span_metrics",
    ...(name === undefined ? {} : { name }),
    options: written({
      namespace,
      histogram: block({ unit, explicit: buckets && { buckets } }),
      dimensions: dimensions?.map((attribute) => ({ name: attribute })),
      resource_metrics_key_attributes: resourceKeyAttributes,
      exemplars: exemplars === undefined ? undefined : { enabled: exemplars },
      metrics_flush_interval: flushInterval,
      metrics_expiration: expiration,
      aggregation_cardinality_limit: cardinalityLimit,
    }),
    accepts: tracesOnly,
    emits: metricsOnly,
  };
}
