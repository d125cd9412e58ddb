import { equal, increase, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { increaseAbove, keepsRising } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";

const accepted = metric("otelcol_receiver_accepted_spans");
const refused = metric("otelcol_processor_memory_limiter_refused_spans");
const early = metric("otelcol_processor_tail_sampling_sampling_trace_dropped_too_early");
const decided = metric("otelcol_processor_tail_sampling_global_count_traces_sampled");
const backends = metric("otelcol_loadbalancer_num_backends");
const backendChanges = metric("otelcol_loadbalancer_num_backend_updates");
const outcomes = metric("otelcol_loadbalancer_backend_outcome");
const collector = { namespace: "opentelemetry", pod: "otel-gateway-0" } as const;
const byPod = ["namespace", "pod"] as const;
const dashboard = platformDashboardUid("collectors");
const log = "kubectl logs --namespace <namespace> <pod> --since 15m";
const logs = '{namespace="opentelemetry"} |~ "error|warn"';

/** The sampler decides too early. */
export const collectorTracesDroppedTooEarly: Alert = defineAlert({
  ...keepsRising({ metric: early, object: collector }),
  name: "CollectorTracesDroppedTooEarly",
  category: "telemetry",
  severity: "warning",
  for: "10m",
  summary: ({ pod }) => `Sampler ${pod} drops traces before it decides`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has dropped traces before their decision for 10 minutes, because it holds too many.`,
  impact: "Traces with errors are lost as well: the promise to keep each of them is broken.",
  dashboard,
  firstQueries: { logs },
  runbook: {
    meaning:
      "The sampler holds each trace until decision_wait is over, num_traces at most. More come in at once, and the oldest go without a decision.",
    impact: "Search for errors finds fewer than there were. Error rates are right: they are counted before.",
    diagnosis: [
      {
        text: "How many are lost, against those that are decided on?",
        promql: sum(rate(early, "5m"), { by: ["pod"] }),
      },
      { text: "And decided:", promql: sum(rate(decided, "5m"), { by: ["pod", "decision"] }) },
      {
        text: "Is it one sampler? Then the traces are not spread evenly.",
        promql: sum(rate(accepted, "5m"), { by: ["pod"] }),
      },
    ],
    mitigation: [
      { text: "Add samplers: each holds its own share." },
      { text: "Or raise num_traces, with the memory that it takes: about new traces per second times decision_wait." },
      { text: "If one service makes many tiny traces, find out why: health checks should not be traced." },
    ],
  },
});

/** The gateway has no sampler to send to. */
export const collectorWithoutBackends: Alert = defineAlert({
  name: "CollectorWithoutBackends",
  category: "telemetry",
  severity: "critical",
  labels: byPod,
  expr: equal(max(backends, { by: byPod }), 0),
  for: "5m",
  summary: ({ pod }) => `Gateway ${pod} has no sampler to send to`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has known no sampler for 5 minutes.`,
  impact: "All traces are lost, and so are the metrics that are made of them: error rates and SLOs stand still.",
  dashboard,
  runbook: {
    meaning: "The gateway spreads traces over the samplers that it finds by DNS or by the API. It finds none.",
    impact: "Alerts on services are blind: PagerDuty stays silent because nothing is counted.",
    diagnosis: [
      { text: "Are samplers ready?", command: "kubectl get pods,endpointslices --namespace <namespace>" },
      { text: "Which gateways know how many?", promql: max(backends, { by: ["pod", "resolver"] }) },
      {
        text: "What does the resolver say? Forbidden: it may not read EndpointSlices.",
        command: `${log} | grep --ignore-case resolver`,
      },
    ],
    mitigation: [
      { text: "Bring the samplers back." },
      { text: "If the Service's name changed, correct it; it must be headless for DNS." },
      { text: "Until then watch the gateway's own metrics of Istio and of the ingress." },
    ],
  },
  fires: [
    {
      name: "the samplers go",
      after: "5m",
      until: "40m",
      labels: collector,
      series: [series(backends, { ...collector, resolver: "k8s" }, steady(3, "5m"), steady(0, "35m"), steady(3))],
    },
  ],
  quiet: [{ name: "there is one", series: [series(backends, { ...collector, resolver: "k8s" }, steady(1))] }],
});

/** The list of samplers changes all the time. */
export const collectorBackendsChanging: Alert = defineTunableAlert({ value: 12, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: backendChanges, object: collector, sample: { resolver: "k8s" }, within: "1h", limit }),
    name: "CollectorBackendsChanging",
    category: "telemetry",
    severity: "warning",
    for: "10m",
    summary: ({ pod }) => `The samplers behind ${pod} come and go`,
    description: ({ namespace, pod }) =>
      `The list of samplers of ${namespace}/${pod} has changed more than ${limit} times within an hour.`,
    impact: "At each change some traces are split over two samplers, which then decide without seeing all of them.",
    dashboard,
    runbook: {
      meaning:
        "The id of a trace decides which sampler gets it; with another list, others get it. Samplers restart, or their autoscaler swings.",
      impact: "Traces with holes, and errors that are not recognised as such.",
      diagnosis: [
        {
          text: "Do samplers restart?",
          promql: sum(
            increase(select(metric("kube_pod_container_status_restarts_total"), { namespace: "<namespace>" }), "1h"),
            { by: ["pod"] },
          ),
        },
        { text: "Does their number swing?", promql: max(backends, { by: ["pod"] }) },
        { text: "Who scales them?", command: "kubectl get horizontalpodautoscalers --namespace <namespace>" },
      ],
      mitigation: [
        { text: "If they are killed for memory, see CollectorMemoryHigh." },
        { text: "If the autoscaler swings, lengthen its stabilization window, or set a fixed number." },
      ],
    },
  }),
);

/** Samplers do not take what the gateway gives them. */
export const collectorBackendsFailing: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: { metric: outcomes, where: { success: "false" } },
      whole: { metric: outcomes, sample: { success: "true" } },
      object: collector,
      limit,
      least: 0.1,
    }),
    name: "CollectorBackendsFailing",
    category: "telemetry",
    severity: "warning",
    for: "10m",
    summary: ({ pod }) => `Samplers do not take what ${pod} gives them`,
    description: ({ namespace, pod }, value) =>
      `${value.percentage} of what ${namespace}/${pod} gave to samplers has failed over the last 5 minutes.`,
    impact: "Those traces are lost, and not counted in the services' error rates.",
    dashboard,
    firstQueries: { logs },
    runbook: {
      meaning:
        "One sampler or more refuses or does not answer: it is short of memory, starts anew, or a network policy is in the way.",
      impact: "One of three samplers down means a third of the traces.",
      diagnosis: [
        {
          text: "One gateway or all?",
          promql: sum(rate(select(outcomes, { success: "false" }), "5m"), { by: ["pod"] }),
        },
        { text: "Do samplers refuse for want of memory?", promql: sum(increase(refused, "15m"), { by: ["pod"] }) },
        { text: "Which one is it?", command: `${log} | grep --ignore-case 'exporting failed'` },
      ],
      mitigation: [
        { text: "Restart the sampler that hangs: what it holds is lost anyway." },
        { text: "Add samplers, if all of them are at their limit." },
      ],
    },
  }),
);
