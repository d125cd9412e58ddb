import { divide, greaterThan, increase, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";
import { keepsRising } from "../conditions/increase.ts";

const queue = metric("otelcol_exporter_queue_size");
const capacity = metric("otelcol_exporter_queue_capacity");
const sent = metric("otelcol_exporter_sent_spans");
const accepted = metric("otelcol_receiver_accepted_spans");
const refused = metric("otelcol_processor_memory_limiter_refused_spans");
const rss = metric("otelcol_process_memory_rss");
const limits = metric("kube_pod_container_resource_limits");
const collector = { namespace: "opentelemetry", pod: "otel-gateway-0" } as const;
const byPod = ["namespace", "pod"] as const;
const dashboard = platformDashboardUid("collectors");
const log = "kubectl logs --namespace <namespace> <pod> --since 15m";
const logs = '{namespace="opentelemetry"} |~ "error|warn"';
const exporter = { ...collector, exporter: "otlp_grpc/tempo" } as const;

const filled = (share: number): readonly InputSeries[] => [
  series(queue, { ...exporter, data_type: "traces" }, steady(1_000 * share)),
  series(capacity, { ...exporter, data_type: "traces" }, steady(1_000)),
];

const memory = (bytes: number): readonly InputSeries[] => [
  series(rss, collector, steady(bytes)),
  series(limits, { ...collector, container: "otc-container", resource: "memory", unit: "byte" }, steady(1_000_000)),
  series(limits, { ...collector, container: "otc-container", resource: "cpu", unit: "core" }, steady(bytes * 8)),
];

/** A sending queue is nearly full. */
export const collectorQueueAlmostFull: Alert = defineTunableAlert({ value: 0.8, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "CollectorQueueAlmostFull",
    category: "telemetry",
    severity: "warning",
    labels: ["namespace", "pod", "exporter"],
    expr: greaterThan(
      divide(
        max(queue, { by: ["namespace", "pod", "exporter"] }),
        max(capacity, { by: ["namespace", "pod", "exporter"] }),
        { on: ["namespace", "pod", "exporter"] },
      ),
      limit,
    ),
    for: "5m",
    summary: ({ pod, exporter }) => `The queue of ${exporter} in ${pod} is nearly full`,
    description: ({ namespace, pod, exporter }, value) =>
      `The queue of ${exporter} in ${namespace}/${pod} has been ${value.percentage} full for 5 minutes.`,
    impact: "None yet: when it is full, telemetry is lost.",
    dashboard,
    firstQueries: { logs },
    runbook: {
      meaning:
        "The back end takes less than comes in, and the difference waits in the queue. This comes minutes before TelemetryDataLoss.",
      impact: "What arrives in the back end is late.",
      diagnosis: [
        {
          text: "Which back end? All queues of one back end: it is the back end. All queues of one pod: it is the pod.",
          promql: divide(max(queue, { by: ["pod", "exporter"] }), max(capacity, { by: ["pod", "exporter"] }), {
            on: ["pod", "exporter"],
          }),
        },
        { text: "Does it take anything at all?", promql: sum(rate(sent, "5m"), { by: ["exporter"] }) },
        { text: "With which answer does it refuse?", command: `${log} | grep --ignore-case 'exporting failed'` },
        { text: "Does more come in than usual?", promql: sum(rate(accepted, "5m"), { by: ["pod"] }) },
      ],
      mitigation: [
        { text: "Repair the back end; the queue drains by itself." },
        { text: "If it is only slow, raise num_consumers, or add replicas of the gateway." },
        { text: "If one service floods, lower its sampling in the model." },
      ],
    },
    fires: [
      {
        name: "it is a little too full",
        labels: exporter,
        value: Math.min(limit * 1.125, 1),
        series: filled(Math.min(limit * 1.125, 1)),
      },
    ],
    quiet: [{ name: "it is as full as it may be", series: filled(limit) }],
  }),
);

/** A collector protects its memory. */
export const collectorMemoryLimiterRefuses: Alert = defineAlert({
  ...keepsRising({ metric: refused, object: collector }),
  name: "CollectorMemoryLimiterRefuses",
  category: "telemetry",
  severity: "warning",
  for: "5m",
  summary: ({ pod }) => `Collector ${pod} refuses spans for want of memory`,
  description: ({ namespace, pod }) => `The memory limiter of ${namespace}/${pod} has refused spans for 5 minutes.`,
  impact: "Senders try again and then lose spans; their own memory grows meanwhile.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "The memory limiter stands first in each pipeline and says no when memory is above its limit. It works; the collector is too small for what comes in, or something holds memory: full queues, or traces that wait for their decision.",
    impact: "Applications keep spans for some seconds. Then they are gone.",
    diagnosis: [
      { text: "How much memory does it use?", promql: max(select(rss, { pod: "<pod>" }), { by: ["pod"] }) },
      {
        text: "Are queues full? Then the back end is the reason.",
        promql: max(select(queue, { pod: "<pod>" }), { by: ["exporter"] }),
      },
      {
        text: "Does more come in than usual, and on one replica only?",
        promql: sum(rate(accepted, "5m"), { by: ["pod"] }),
      },
    ],
    mitigation: [
      { text: "If a back end is the reason, repair it." },
      { text: "If one replica gets most: gRPC connections stick; set max_connection_age on the receiver." },
      { text: "Otherwise add replicas or memory." },
    ],
  },
});

/** A collector is near its memory limit. */
export const collectorMemoryHigh: Alert = defineTunableAlert({ value: 0.9, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "CollectorMemoryHigh",
    category: "telemetry",
    severity: "warning",
    labels: byPod,
    expr: greaterThan(
      divide(max(rss, { by: byPod }), sum(select(limits, { resource: "memory" }), { by: byPod }), { on: byPod }),
      limit,
    ),
    for: "10m",
    summary: ({ pod }) => `Collector ${pod} is near its memory limit`,
    description: ({ namespace, pod }, value) =>
      `${namespace}/${pod} has used ${value.percentage} of its memory limit for 10 minutes.`,
    impact: "When it is killed, everything in its queues and all undecided traces are lost.",
    dashboard,
    runbook: {
      meaning:
        "The memory limiter should keep the process at four fifths of its limit. It is above: the limiter is missing in a pipeline, or stands behind what holds memory.",
      impact: "A restart loses seconds to minutes of telemetry.",
      diagnosis: [
        {
          text: "Since when, and does it fall between?",
          promql: max(select(rss, { namespace: "<namespace>" }), { by: ["pod"] }),
        },
        { text: "Does the limiter work?", promql: sum(increase(refused, "15m"), { by: ["pod"] }) },
        { text: "Was it killed before?", command: "kubectl describe pod --namespace <namespace> <pod>" },
      ],
      mitigation: [
        { text: "Add replicas, or raise the limit; GOMEMLIMIT follows it." },
        { text: "For samplers: lower num_traces or decision_wait." },
      ],
    },
    fires: [
      {
        name: "it is a little above",
        labels: collector,
        value: Math.min(limit * 1.05, 1),
        series: memory(1_000_000 * Math.min(limit * 1.05, 1)),
      },
    ],
    quiet: [{ name: "it is a little below", series: memory(1_000_000 * limit * 0.95) }],
  }),
);
