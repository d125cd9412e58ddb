/**
 * The collector's span_metrics connector with the namespace `traces.span.metrics` and the unit `s`, as Prometheus names them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export const spanMetricSeries = {
  traces_span_metrics_calls_total: {
    type: "counter",
    unit: "count",
    labels: [
      "service_name",
      "span_name",
      "span_kind",
      "status_code",
      "collector_instance_id",
      "deployment_environment_name",
      "service_namespace",
    ],
    help: "Spans that ended: for span_kind SPAN_KIND_SERVER the requests that a service answered.",
  },
  traces_span_metrics_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: [
      "service_name",
      "span_name",
      "span_kind",
      "status_code",
      "collector_instance_id",
      "deployment_environment_name",
      "service_namespace",
    ],
    help: "How long spans took.",
  },
} as const;
