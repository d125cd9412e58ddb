import {
  and,
  count,
  divide,
  equal,
  greaterThan,
  max,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
  topk,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";

const up = metric("up");
const appended = metric("prometheus_tsdb_head_samples_appended_total");
const rules = metric("prometheus_rule_group_rules");
const headSeries = metric("prometheus_tsdb_head_series");
const scraped = metric("scrape_samples_scraped");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;
const dashboard = platformDashboardUid("metrics");
const prometheusLogs = '{namespace="monitoring", app="prometheus"} |~ "level=(ERROR|WARN)"';
const job = { namespace: "team-backend", job: "checkout" } as const;

function targets(total: number, down: number): readonly InputSeries[] {
  return Array.from({ length: total }, (_, index) =>
    series(up, { ...job, instance: `10.0.0.${index}:9464` }, steady(index < down ? 0 : 1)),
  );
}

const ingesting = (samples: InputSeries["samples"]): readonly InputSeries[] => [
  series(appended, { ...prometheus, type: "float" }, ...samples),
  series(rules, { ...prometheus, rule_group: "a" }, steady(3)),
];

const today = (before: number, now: number): readonly InputSeries[] => [
  series(headSeries, prometheus, steady(before, "1440m"), steady(now)),
];

/** Targets of a job cannot be scraped. */
export const targetDown: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "TargetDown",
    category: "telemetry",
    severity: "warning",
    owner: "namespace",
    labels: ["namespace", "job"],
    expr: greaterThan(
      divide(count(equal(up, 0), { by: ["namespace", "job"] }), count(up, { by: ["namespace", "job"] })),
      limit,
    ),
    for: "15m",
    summary: ({ namespace, job }) => `Targets of ${job} in ${namespace} cannot be scraped`,
    description: ({ namespace, job }, value) =>
      `${value.percentage} of the targets of ${job} in ${namespace} have not answered Prometheus for 15 minutes.`,
    impact: "Their metrics are missing: dashboards have gaps, and alerts about them are silent.",
    dashboard,
    runbook: {
      meaning:
        "Prometheus found the targets and could not scrape them: the process is down, does not listen on the port, answers with an error, or a network policy keeps Prometheus out.",
      impact: "If the process is down there are other alerts. If it is not, you fly blind.",
      diagnosis: [
        { text: "Which targets?", promql: equal(max(select(up, { job: "<job>" }), { by: ["instance", "pod"] }), 0) },
        {
          text: "What does Prometheus say? Refused: nobody listens. Deadline exceeded: a network policy, or too slow. 404: the path.",
          command:
            "kubectl exec --namespace monitoring prometheus-0 --container prometheus -- promtool query instant http://localhost:9090 'up{job=\"<job>\"} == 0'",
        },
        { text: "Do its pods run?", command: "kubectl get pods --namespace <namespace> --output wide" },
        { text: "Does a policy let Prometheus in?", command: "kubectl get networkpolicies --namespace <namespace>" },
      ],
      mitigation: [
        { text: "If the port or path changed, correct the service's ports in the model." },
        { text: "If the answer is too large or too slow, find the metric with too many labels." },
        { text: "If the target is gone for good, take out its monitor." },
      ],
    },
    fires: [
      {
        name: "a little more than the limit is down",
        labels: job,
        value: Math.min(Math.ceil(limit * 20 + 1), 20) / 20,
        series: targets(20, Math.min(Math.ceil(limit * 20 + 1), 20)),
      },
    ],
    quiet: [
      { name: "as many are down as may be", series: targets(20, Math.floor(limit * 20)) },
      { name: "all answer", series: targets(3, 0) },
    ],
  }),
);

/** Prometheus stores nothing. */
export const prometheusNotIngesting: Alert = defineAlert({
  name: "PrometheusNotIngesting",
  category: "telemetry",
  severity: "critical",
  labels: ["namespace", "pod"],
  // A replica without rules has nothing to store, either.
  expr: and(
    equal(sum(rate(appended, "5m"), { by: ["namespace", "pod"] }), 0),
    greaterThan(sum(rules, { by: ["namespace", "pod"] }), 0),
  ),
  for: "10m",
  summary: ({ pod }) => `Prometheus ${pod} stores nothing`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has not stored a sample for 10 minutes.`,
  impact: "Metrics of this time are lost, and no alert but a few can fire.",
  dashboard,
  firstQueries: { logs: prometheusLogs },
  runbook: {
    meaning:
      "Prometheus runs and evaluates rules, and nothing comes into its database: no target was found, every write fails (the disk is full, the log is damaged), or it is not permitted to discover targets.",
    impact: "The next incident will have no graphs.",
    diagnosis: [
      {
        text: "Is the disk full?",
        command: "kubectl exec --namespace <namespace> <pod> --container prometheus -- df -h /prometheus",
      },
      { text: "Are there targets?", promql: count(up, { by: ["job"] }) },
      {
        text: "What does it say?",
        command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m",
      },
      {
        text: "May it discover?",
        command:
          "kubectl auth can-i list endpointslices --all-namespaces --as system:serviceaccount:<namespace>:prometheus",
      },
    ],
    mitigation: [
      { text: "If the disk is full, enlarge the claim, or lower retentionSize; do not delete blocks by hand." },
      { text: "If targets are gone, revert the change of selectors or permissions." },
      { text: "If the other replica is well, point Grafana to it meanwhile." },
    ],
  },
  fires: [
    {
      name: "samples cease to come",
      after: "14m",
      labels: prometheus,
      series: ingesting([growing({ from: 0, perMinute: 900, lasts: "11m" }), steady(9_000)]),
    },
  ],
  quiet: [
    { name: "few samples come", series: ingesting([growing({ from: 0, perMinute: 1 })]) },
    {
      name: "there is nothing to store",
      series: [series(appended, { ...prometheus, type: "float" }, steady(9)), series(rules, prometheus, steady(0))],
    },
  ],
});

/** The number of series grows fast. */
export const prometheusSeriesGrowing: Alert = defineTunableAlert({ value: 1.5, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "PrometheusSeriesGrowing",
    category: "telemetry",
    severity: "warning",
    labels: ["namespace", "pod"],
    expr: and(
      greaterThan(
        divide(
          max(headSeries, { by: ["namespace", "pod"] }),
          max({ ...select(headSeries), offset: "1d" }, { by: ["namespace", "pod"] }),
        ),
        limit,
      ),
      greaterThan(max(headSeries, { by: ["namespace", "pod"] }), 100_000),
    ),
    for: "30m",
    summary: ({ pod }) => `The series in Prometheus ${pod} grow fast`,
    description: ({ namespace, pod }) =>
      `${namespace}/${pod} has had more than ${limit} times as many series as a day ago for 30 minutes.`,
    impact: "Prometheus will run out of memory, and then there is no alerting at all.",
    dashboard,
    runbook: {
      meaning:
        "Memory grows with the number of series. Something began to write many: a label with a user's or a request's id, a new exporter, twice as many pods.",
      impact: "None yet. When it is killed for memory it replays its log for minutes, and is killed again.",
      diagnosis: [
        { text: "Which job brings most samples?", promql: topk(10, sum(scraped, { by: ["namespace", "job"] })) },
        {
          text: "Which metric and which label have most series?",
          command:
            "kubectl exec --namespace <namespace> <pod> --container prometheus -- promtool tsdb analyze /prometheus --limit 10",
        },
        {
          text: "Is it only churn by a large rollout? Then it falls within three hours by itself.",
          promql: max(headSeries, { by: ["pod"] }),
        },
      ],
      mitigation: [
        {
          text: "Drop the label or the metric in the monitor's metricRelabelings, at once; then repair it in the code.",
        },
        { text: "Set a sampleLimit for the job, so that it harms itself alone." },
        { text: "If memory is nearly used up, raise the limit first: a restart loop costs more." },
      ],
    },
    fires: [
      {
        name: "there are a little more than there may be",
        after: "1440m",
        labels: prometheus,
        series: today(100_000, 125_000 * limit),
      },
      { name: "few become many", after: "1440m", labels: prometheus, series: today(1_000, 150_000) },
    ],
    quiet: [
      { name: "they grow as they may", series: today(200_000, 200_000 * limit * 0.9) },
      { name: "few become somewhat more", series: today(1_000, 80_000) },
    ],
  }),
);
