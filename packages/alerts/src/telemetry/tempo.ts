import {
  and,
  bucketsOf,
  countOf,
  equal,
  greaterThan,
  histogramQuantile,
  increase,
  matching,
  max,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";
import { disappears } from "../conditions/disappearance.ts";
import { increaseAbove, keepsRising } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";
import { logsOf } from "./component-logs.ts";

const tempoRequests = metric("tempo_request_duration_seconds");
const spansIn = metric("tempo_distributor_spans_received_total");
const spansDiscarded = metric("tempo_discarded_spans_total");
const polls = metric("tempodb_blocklist_poll_errors_total");
const compactionErrors = metric("tempodb_compaction_errors_total");
const exported = metric("otelcol_exporter_sent_spans");
const place = { namespace: "monitoring" } as const;
const ok = { method: "GET", ws: "false", status_code: "200" } as const;
const traces = platformDashboardUid("traces");

const inAndOut = (received: InputSeries["samples"], sent: InputSeries["samples"]): readonly InputSeries[] => [
  series(spansIn, { namespace: "monitoring", tenant: "single-tenant" }, ...received),
  series(exported, { exporter: "otlp_grpc/tempo", pod: "otel-gateway-0" }, ...sent),
];

/** Tempo answers with errors. */
export const tempoRequestErrors: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: countOf(tempoRequests),
        where: { status_code: matching("5..|error") },
        sample: { ...ok, status_code: "500" },
      },
      whole: { metric: countOf(tempoRequests), sample: ok },
      object: { ...place, route: "api_search" },
      limit,
      least: 0.05,
    }),
    name: "TempoRequestErrors",
    category: "telemetry",
    severity: "warning",
    software: "tempo",
    for: "15m",
    summary: ({ route }) => `Tempo answers ${route} with errors`,
    description: ({ namespace, route }, value) =>
      `${value.percentage} of the requests for ${route} to Tempo in ${namespace} have failed over the last 5 minutes.`,
    impact: "Traces are not found, or not stored.",
    dashboard: traces,
    runbook: {
      meaning:
        "api_search and api_traces are people who look; routes of tempopb.Pusher and OTLP are spans that come in.",
      impact: "Incidents are searched without traces.",
      diagnosis: [
        {
          text: "Which routes?",
          promql: sum(rate(select(countOf(tempoRequests), { status_code: matching("5..|error") }), "5m"), {
            by: ["route", "status_code"],
          }),
        },
        {
          text: "How slow?",
          promql: histogramQuantile(0.95, sum(rate(bucketsOf(tempoRequests), "5m"), { by: ["route", "le"] })),
        },
        { text: "What does it say?", command: `${logsOf("tempo")} | grep level=error` },
      ],
      mitigation: [
        { text: "If the object store refuses or is slow, repair its role or wait." },
        { text: "If searches time out, narrow their time, or add queriers." },
        { text: "If it is out of memory, raise the limit; the largest traces decide." },
      ],
    },
  }),
);

/** Tempo throws spans away. */
export const tempoSpansDiscarded: Alert = defineAlert({
  ...keepsRising({
    metric: spansDiscarded,
    object: { ...place, reason: "rate_limited" },
    sample: { tenant: "single-tenant" },
  }),
  name: "TempoSpansDiscarded",
  category: "telemetry",
  severity: "warning",
  software: "tempo",
  for: "15m",
  summary: ({ reason }) => `Tempo discards spans: ${reason}`,
  description: ({ namespace, reason }) =>
    `Tempo in ${namespace} has refused spans for 15 minutes, because of ${reason}.`,
  impact: "Traces have holes, or are missing.",
  dashboard: traces,
  runbook: {
    meaning:
      "rate_limited: too much in all. trace_too_large: one trace has more than the limit, usually a loop or a job that is one trace for hours. live_traces_exceeded: too many at once.",
    impact: "Also traces with errors can be among them: the sampler kept them, and Tempo did not.",
    diagnosis: [
      { text: "How much of what comes in?", promql: sum(rate(spansDiscarded, "5m"), { by: ["reason", "tenant"] }) },
      { text: "And how much comes in?", promql: sum(rate(spansIn, "5m"), { by: ["tenant"] }) },
      {
        text: "trace_too_large: which trace? The log names it.",
        command: `${logsOf("tempo")} | grep --ignore-case 'too large'`,
      },
    ],
    mitigation: [
      { text: "trace_too_large: let long-running jobs begin a new trace for each unit of work." },
      { text: "rate_limited: keep a smaller share of ordinary traces, or raise the limit and Tempo's resources." },
    ],
  },
});

/** Spans are sent, and none comes in. */
export const tempoNotIngesting: Alert = defineAlert({
  name: "TempoNotIngesting",
  category: "telemetry",
  severity: "warning",
  software: "tempo",
  labels: [],
  expr: and(equal(sum(rate(spansIn, "5m")), 0), greaterThan(sum(rate(exported, "5m")), 0)),
  for: "10m",
  summary: "Tempo takes no spans",
  description: "Tempo has received no span for 10 minutes, while collectors send some.",
  impact: "There are no new traces.",
  dashboard: traces,
  runbook: {
    meaning:
      "Collectors have sent spans somewhere and Tempo has not received any: they go to another address, or Tempo's receivers are not the ones that are asked.",
    impact: "Every trace since then is lost, unless the other address is a Tempo, too.",
    diagnosis: [
      { text: "Where do collectors send to?", promql: sum(rate(exported, "5m"), { by: ["exporter"] }) },
      { text: "Does Tempo listen?", command: `${logsOf("tempo")} | grep --ignore-case receiver` },
      {
        text: "Does the name lead to Tempo?",
        command: "kubectl get endpointslices --namespace <namespace> --selector kubernetes.io/service-name=tempo",
      },
    ],
    mitigation: [
      { text: "If an address changed, correct the environment's telemetry backends in the model." },
      { text: "If Tempo's configuration changed, revert it." },
    ],
  },
  fires: [
    {
      name: "no more come in",
      after: "14m",
      labels: {},
      series: inAndOut(
        [growing({ from: 0, perMinute: 60, lasts: "11m" }), steady(600)],
        [growing({ from: 0, perMinute: 60 })],
      ),
    },
  ],
  quiet: [
    {
      name: "some come in",
      series: inAndOut([growing({ from: 0, perMinute: 1 })], [growing({ from: 0, perMinute: 60 })]),
    },
    { name: "none are sent", series: inAndOut([steady(600)], [steady(600)]) },
  ],
});

/** Tempo cannot read its list of blocks. */
export const tempoPollsFailing: Alert = defineTunableAlert({ value: 2, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: polls, object: place, sample: { tenant: "single-tenant" }, within: "1h", limit }),
    name: "TempoPollsFailing",
    category: "telemetry",
    severity: "warning",
    software: "tempo",
    for: "5m",
    summary: "Tempo cannot read its list of blocks",
    description: ({ namespace }) =>
      `Tempo in ${namespace} has failed more than ${limit} times within an hour to read the list of blocks.`,
    impact: "Newer traces are not found.",
    dashboard: traces,
    runbook: {
      meaning:
        "Queriers learn from the object store which blocks there are, every five minutes. The store refuses, or an index file is damaged.",
      impact: "What is in memory is found; what was written since the last good list is not.",
      diagnosis: [
        { text: "Why?", command: `${logsOf("tempo")} | grep --ignore-case poll` },
        { text: "Since when?", promql: sum(increase(polls, "6h"), { by: ["tenant"] }) },
      ],
      mitigation: [
        { text: "Repair the role for the bucket." },
        { text: "If an index file is damaged, delete it: it is built anew at the next round." },
      ],
    },
  }),
);

/** Tempo cannot compact its blocks. */
export const tempoCompactionsFailing: Alert = defineTunableAlert({ value: 2, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: compactionErrors, object: place, within: "1h", limit }),
    name: "TempoCompactionsFailing",
    category: "telemetry",
    severity: "warning",
    software: "tempo",
    for: "30m",
    summary: "Tempo cannot compact its blocks",
    description: ({ namespace }) =>
      `More than ${limit} compactions of Tempo in ${namespace} have failed within an hour.`,
    impact: "Searches become slower from day to day, and old traces are not deleted.",
    dashboard: traces,
    runbook: {
      meaning:
        "Small blocks are merged to larger ones, and those past the retention are deleted. That fails: out of memory over a huge trace, a damaged block, or a permission to delete that is missing.",
      impact:
        "None today. Blocks pile up, so that searches over days become slow, and the bucket costs more with each day.",
      diagnosis: [
        { text: "Why?", command: `${logsOf("tempo")} | grep --ignore-case compact` },
        { text: "Since when?", promql: sum(increase(compactionErrors, "1d"), { by: ["pod"] }) },
        {
          text: "Is a pod killed for memory?",
          command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=tempo",
        },
      ],
      mitigation: [
        { text: "Raise the memory of what compacts, or lower max_bytes_per_trace." },
        { text: "Move a damaged block out of the bucket; only its traces are lost." },
      ],
    },
  }),
);

/** Tempo is down. */
export const tempoDown: Alert = defineAlert({
  ...disappears(metric("tempo_build_info")),
  name: "TempoDown",
  category: "telemetry",
  severity: "warning",
  software: "tempo",
  for: "5m",
  summary: "Tempo is down",
  description: "Prometheus has not seen Tempo for 15 minutes.",
  impact: "There are no traces to look at; collectors keep a few minutes of them and lose the rest.",
  dashboard: traces,
  runbook: {
    meaning:
      "Prometheus has reached no pod of Tempo for five minutes: it is not running, it hangs, or the network between the two is closed.",
    impact: "Span metrics and the alerts on them go on: they are made before Tempo.",
    diagnosis: [
      {
        text: "Do its pods run?",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=tempo",
      },
      {
        text: "Why did they end?",
        command: "kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=tempo --previous --tail 100",
      },
      {
        text: "How full are the collectors' queues?",
        promql: max(metric("otelcol_exporter_queue_size"), { by: ["pod", "exporter"] }),
      },
    ],
    mitigation: [
      { text: "If it is out of memory, raise the limit." },
      { text: "If a new version does not start, revert it in Git." },
      { text: "Meanwhile the service's dashboard shows which operation and which dependency fails." },
    ],
  },
});
