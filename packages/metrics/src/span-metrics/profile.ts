import { type Platform, parseDuration } from "@plinth/core";
import { type LabelOf, metric } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";

/** How the collector's span_metrics connector is set up, and the series that come of it: collectors, rules, SLOs and dashboards all read this one. */
export interface SpanMetricProfile {
  /** The connector's `namespace`. */
  readonly namespace: string;
  /** The connector's `histogram.unit`. */
  readonly unit: "s";
  /** The connector's `histogram.explicit.buckets` before a platform's own promises are added: see `spanMetricBuckets`. */
  readonly buckets: readonly string[];
  /** The connector's `dimensions`: attributes of the resource or the span that become labels. */
  readonly dimensions: readonly { readonly attribute: string; readonly label: string }[];
  /** Resource attributes that tell one series from another, so that a restarted pod continues its counter: `resource_metrics_key_attributes`. */
  readonly resourceKeyAttributes: readonly string[];
  /** Names of the labels. */
  readonly labels: {
    readonly service: "service_name";
    readonly span: "span_name";
    readonly kind: "span_kind";
    readonly status: "status_code";
    readonly collector: "collector_instance_id";
    readonly environment: "deployment_environment_name";
    readonly serviceNamespace: "service_namespace";
  };
  /** Values of the label `span_kind`. */
  readonly kinds: {
    readonly server: "SPAN_KIND_SERVER";
    readonly client: "SPAN_KIND_CLIENT";
    readonly consumer: "SPAN_KIND_CONSUMER";
    readonly producer: "SPAN_KIND_PRODUCER";
    readonly internal: "SPAN_KIND_INTERNAL";
  };
  /** Values of the label `status_code`. */
  readonly statuses: {
    readonly unset: "STATUS_CODE_UNSET";
    readonly ok: "STATUS_CODE_OK";
    readonly error: "STATUS_CODE_ERROR";
  };
  /** Spans that ended. */
  readonly calls: Metric<"traces_span_metrics_calls_total", LabelOf<"traces_span_metrics_calls_total">>;
  /** How long they took, in seconds: a histogram. */
  readonly duration: Metric<"traces_span_metrics_duration_seconds", LabelOf<"traces_span_metrics_duration_seconds">>;
}

/**
 * The platform's span metrics.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 * @example
 * rate(select(spanMetrics.calls, { service_name: "checkout", span_kind: spanMetrics.kinds.server }), "5m");
 */
export const spanMetrics: SpanMetricProfile = {
  namespace: "traces.span.metrics",
  unit: "s",
  buckets: [
    "5ms",
    "10ms",
    "25ms",
    "50ms",
    "75ms",
    "100ms",
    "150ms",
    "200ms",
    "300ms",
    "500ms",
    "750ms",
    "1s",
    "1500ms",
    "2s",
    "5s",
    "10s",
  ],
  dimensions: [
    { attribute: "deployment.environment.name", label: "deployment_environment_name" },
    { attribute: "service.namespace", label: "service_namespace" },
  ],
  resourceKeyAttributes: ["service.name", "service.namespace", "deployment.environment.name"],
  labels: {
    service: "service_name",
    span: "span_name",
    kind: "span_kind",
    status: "status_code",
    collector: "collector_instance_id",
    environment: "deployment_environment_name",
    serviceNamespace: "service_namespace",
  },
  kinds: {
    server: "SPAN_KIND_SERVER",
    client: "SPAN_KIND_CLIENT",
    consumer: "SPAN_KIND_CONSUMER",
    producer: "SPAN_KIND_PRODUCER",
    internal: "SPAN_KIND_INTERNAL",
  },
  statuses: { unset: "STATUS_CODE_UNSET", ok: "STATUS_CODE_OK", error: "STATUS_CODE_ERROR" },
  calls: metric("traces_span_metrics_calls_total"),
  duration: metric("traces_span_metrics_duration_seconds"),
};

/**
 * The bounds of the span metrics' histogram for a platform, ascending: the profile's own and the threshold of each latency promise, so that
 * "95 % below 350ms" can be counted exactly instead of guessed between two buckets.
 *
 * @returns Prometheus durations, as the connector reads them.
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * spanMetricBuckets(platform).includes("200ms"); // true
 */
export function spanMetricBuckets(platform: Platform): readonly string[] {
  const thresholds = platform.services.flatMap(({ promises = [] }) =>
    promises.flatMap((promise) => (promise.kind === "latency" ? [promise.below] : [])),
  );
  const byLength = new Map([...spanMetrics.buckets, ...thresholds].map((text) => [parseDuration(text) ?? 0, text]));
  return [...byLength.entries()].sort(([a], [b]) => a - b).map(([, text]) => text);
}
