import {
  type Expression,
  greaterThan,
  type MetricName,
  max,
  metric,
  or,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const by = ["namespace", "pod"] as const;
const collector = { namespace: "opentelemetry", pod: "otel-gateway-0" } as const;

/** Every way in which a collector loses telemetry, for each signal: given up, no room in the queue, refused at the door. */
const losses: readonly MetricName[] = [
  "otelcol_exporter_send_failed_spans",
  "otelcol_exporter_send_failed_metric_points",
  "otelcol_exporter_send_failed_log_records",
  "otelcol_exporter_enqueue_failed_spans",
  "otelcol_exporter_enqueue_failed_metric_points",
  "otelcol_exporter_enqueue_failed_log_records",
  "otelcol_receiver_refused_spans",
  "otelcol_receiver_refused_metric_points",
  "otelcol_receiver_refused_log_records",
];

// Each is compared alone: `or` takes the first side that has the labels, even where it is zero.
const anyLoss: Expression = losses
  .map((name): Expression => greaterThan(sum(rate(metric(name), "5m"), { by }), 0))
  .reduce((left, right) => or(left, right));

/** A collector loses traces, metrics or logs. */
export const telemetryDataLoss: Alert = defineAlert({
  name: "TelemetryDataLoss",
  category: "telemetry",
  severity: "warning",
  labels: by,
  expr: anyLoss,
  for: "10m",
  summary: ({ pod }) => `Collector ${pod} does not hand on telemetry`,
  description: ({ namespace, pod }) =>
    `The collector ${namespace}/${pod} has failed to export, to queue or to accept telemetry for 10 minutes.`,
  impact: "Traces, metrics or logs are missing: dashboards have gaps, and alerts on span metrics may stay quiet.",
  dashboard: platformDashboardUid("collectors"),
  runbook: {
    meaning:
      "A collector has counted, for ten minutes without a break, telemetry that it gave up after all retries (send failed), that found the sending queue full (enqueue failed), or that it refused because it is short of memory (refused).",
    impact:
      "What a gateway refuses waits on the disks of the agents, and is lost once those are full; what a sampler cannot hand on is lost when its queue is. Error rates and SLOs are computed from span metrics: while spans are missing, believe them less.",
    diagnosis: [
      {
        text: "Which back end, and which signal?",
        promql: greaterThan(
          sum(rate(metric("otelcol_exporter_send_failed_spans"), "5m"), { by: ["exporter", "pod"] }),
          0,
        ),
      },
      {
        text: "Is the queue full? Then the back end is slower than what comes in.",
        promql: max(metric("otelcol_exporter_queue_size"), { by: ["exporter", "pod"] }),
      },
      {
        text: "Is the collector short of memory? Then its memory limiter refuses at the door.",
        promql: max(select(metric("otelcol_process_memory_rss"), { pod: "<pod>" }), { by: ["pod"] }),
      },
      { text: "What does it say?", command: "kubectl logs --namespace <namespace> <pod> --since 15m" },
      {
        text: "Did more come in than usual? Compare with yesterday.",
        promql: sum(rate(metric("otelcol_receiver_accepted_spans"), "5m"), { by: ["pod"] }),
      },
    ],
    mitigation: [
      { text: "If a back end is down or refuses, repair it first: the queues drain by themselves once it answers." },
      {
        text: "If it is slower than what comes in, add replicas of the gateway, or lower the share of ordinary traces that is kept.",
      },
      { text: "If one service floods, ask its team; until then drop what it sends too much at the agent." },
    ],
  },
  fires: losses.map((name) => ({
    name: `${name} rises`,
    after: "6m",
    until: "39m",
    labels: collector,
    series: [
      ...losses.filter((other) => other !== name).map((other) => series(metric(other), collector, steady(7))),
      series(metric(name), collector, steady(0, "5m"), growing({ from: 0, perMinute: 1, lasts: "31m" }), steady(30)),
    ],
  })),
  quiet: [
    { name: "nothing is lost any more", series: losses.map((name) => series(metric(name), collector, steady(12))) },
    {
      name: "some is lost for a moment",
      series: [series(metric("otelcol_exporter_send_failed_spans"), collector, steady(0, "5m"), steady(40))],
    },
  ],
});
