import {
  and,
  count,
  divide,
  equal,
  greaterThan,
  lessThan,
  max,
  metric,
  platformDashboardUid,
  rate,
  select,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, missing, series, steady } from "../alert/scenario.ts";

const accepted = metric("otelcol_receiver_accepted_spans");
const uptime = metric("otelcol_process_uptime");
const { calls } = spanMetrics;
const dashboard = platformDashboardUid("collectors");
const logs = '{namespace="opentelemetry"} |~ "error|warn"';

const traffic = (spans: InputSeries["samples"], counted: InputSeries["samples"]): readonly InputSeries[] => [
  series(accepted, { receiver: "otlp", transport: "grpc", pod: "otel-gateway-0" }, ...spans),
  series(
    calls,
    { service_name: "checkout", span_kind: "SPAN_KIND_SERVER", status_code: "STATUS_CODE_UNSET" },
    ...counted,
  ),
];

const before = (now: number): readonly InputSeries[] =>
  Array.from({ length: 20 }, (_, index) =>
    series(
      uptime,
      { namespace: "opentelemetry", pod: `otel-agent-${index}` },
      ...(index < now
        ? [growing({ from: 0, perMinute: 60 })]
        : [growing({ from: 0, perMinute: 60, lasts: "65m" }), missing()]),
    ),
  );

/** Spans come in and are not counted. */
export const spanMetricsStalled: Alert = defineAlert({
  name: "SpanMetricsStalled",
  category: "telemetry",
  // Every alert about a service and every SLO is made of these.
  severity: "critical",
  labels: [],
  expr: and(greaterThan(sum(rate(accepted, "5m")), 1), equal(sum(rate(calls, "5m")), 0)),
  for: "10m",
  summary: "No spans are counted",
  description: "Collectors have taken spans for 10 minutes, and no metric is made of them.",
  impact: "Alerts on services and SLOs are blind, and stay silent whatever happens.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "The span_metrics connector counts each span before sampling, and Prometheus gets the result. Spans come in and the counters stand still: the connector is not in the pipeline, or its metrics do not reach Prometheus.",
    impact: "Treat every critical service as unwatched until this is over.",
    diagnosis: [
      {
        text: "Do the exporters that carry metrics fail?",
        promql: sum(rate(metric("otelcol_exporter_send_failed_metric_points"), "5m"), { by: ["exporter", "pod"] }),
      },
      {
        text: "Do they send at all?",
        promql: sum(rate(metric("otelcol_exporter_sent_metric_points"), "5m"), { by: ["exporter", "pod"] }),
      },
      {
        text: "Is the connector an exporter of the traces pipeline and a receiver of a metrics pipeline?",
        command: "kubectl get opentelemetrycollector --namespace opentelemetry --output yaml",
      },
      {
        text: "Is the series there under another name? An upgrade may have renamed it.",
        command:
          "kubectl exec --namespace monitoring prometheus-0 --container prometheus -- promtool query labels http://localhost:9090 __name__ | grep span",
      },
    ],
    mitigation: [
      { text: "Revert the last change of the collectors." },
      { text: "If Prometheus refuses what is written, see PrometheusOutOfOrderSamples." },
      { text: "Tell those on call of critical services to watch the ingress instead." },
    ],
  },
  fires: [
    {
      name: "they cease to be counted",
      after: "14m",
      labels: {},
      series: traffic(
        [growing({ from: 0, perMinute: 90 })],
        [growing({ from: 0, perMinute: 60, lasts: "11m" }), steady(600)],
      ),
    },
  ],
  quiet: [
    {
      name: "they are counted",
      series: traffic([growing({ from: 0, perMinute: 600 })], [growing({ from: 0, perMinute: 1 })]),
    },
    { name: "hardly any come in", series: traffic([growing({ from: 0, perMinute: 45 })], [steady(600)]) },
  ],
});

/** Many fewer collectors answer than an hour ago. */
export const collectorsMissing: Alert = defineTunableAlert({ value: 0.75, unit: "ratio" }, (limit) => {
  const left = Math.max(Math.ceil(limit * 20) - 2, 0);
  return defineAlert({
    name: "CollectorsMissing",
    category: "telemetry",
    severity: "warning",
    labels: ["namespace"],
    expr: lessThan(
      divide(count(uptime, { by: ["namespace"] }), count({ ...select(uptime), offset: "1h" }, { by: ["namespace"] }), {
        on: ["namespace"],
      }),
      limit,
    ),
    for: "10m",
    summary: ({ namespace }) => `Collectors in ${namespace} are missing`,
    description: ({ namespace }, value) =>
      `Of the collectors that answered in ${namespace} an hour ago, ${value.percentage} have answered for 10 minutes.`,
    impact: "Nodes without an agent send no logs, and their services' spans go nowhere.",
    dashboard,
    runbook: {
      meaning:
        "Far fewer collectors are seen than an hour ago: many agents have ended at once, or Prometheus no longer reaches them. When nodes are given back overnight, fewer are right, and the alert ends within the hour.",
      impact: "Telemetry of a part of the cluster is missing.",
      diagnosis: [
        { text: "Which are left?", promql: count(uptime, { by: ["namespace", "pod"] }) },
        {
          text: "How many should there be?",
          promql: max(metric("kube_daemonset_status_desired_number_scheduled"), { by: ["namespace", "daemonset"] }),
        },
        { text: "Do those that are missing run?", command: "kubectl get pods --namespace <namespace> --output wide" },
        {
          text: "Why did they end? The same line in all of them means the configuration.",
          command:
            "kubectl logs --namespace <namespace> --selector app.kubernetes.io/component=opentelemetry-collector --previous --tail 20 --prefix",
        },
      ],
      mitigation: [
        { text: "If a new configuration does not start, revert it in Git." },
        { text: "If nodes were given back, nothing: see that the rest is ready." },
        {
          text: "If they run and are not scraped, look at the monitor and at the network policy for the metrics port.",
        },
      ],
    },
    fires: [
      {
        name: "many are gone",
        // The last sample counts for five minutes.
        after: "69m",
        labels: { namespace: "opentelemetry" },
        value: left / 20,
        series: before(left),
      },
    ],
    quiet: [
      { name: "all are there", series: before(20) },
      { name: "a few are gone", series: before(Math.min(Math.ceil(limit * 20), 20)) },
    ],
  });
});
