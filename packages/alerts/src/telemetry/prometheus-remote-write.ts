import { greaterThan, max, metric, platformDashboardUid, rate, subtract, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type InputSeries, series, steady } from "../alert/scenario.ts";
import { shareAbove } from "../conditions/share.ts";

const remoteFailed = metric("prometheus_remote_storage_samples_failed_total");
const remoteSent = metric("prometheus_remote_storage_samples_total");
const newest = metric("prometheus_remote_storage_queue_highest_timestamp_seconds");
const newestSent = metric("prometheus_remote_storage_queue_highest_sent_timestamp_seconds");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;
const remote = { ...prometheus, remote_name: "long-term" } as const;
const dashboard = platformDashboardUid("metrics");

/** The remote store refuses samples. */
export const prometheusRemoteWriteFailing: Alert = defineTunableAlert({ value: 0.01, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({ part: { metric: remoteFailed }, whole: { metric: remoteSent }, object: remote, limit, least: 1 }),
    name: "PrometheusRemoteWriteFailing",
    category: "telemetry",
    severity: "warning",
    for: "15m",
    summary: ({ pod, remote_name }) => `${remote_name} refuses samples of Prometheus ${pod}`,
    description: ({ namespace, pod, remote_name }, value) =>
      `${value.percentage} of the samples that ${namespace}/${pod} sent to ${remote_name} have been refused for good over the last 5 minutes.`,
    impact:
      "These samples will be missing in the long-term store. They are still in Prometheus until its retention ends.",
    dashboard,
    runbook: {
      meaning:
        "The store answered with an error that is not tried again: 400 (too old, too many labels, a limit of series), 401 or 403 (the credentials), 413 (too large).",
      impact: "Reports of last month will have gaps.",
      diagnosis: [
        { text: "Since when, and how many?", promql: sum(rate(remoteFailed, "5m"), { by: ["remote_name", "url"] }) },
        {
          text: "With which status?",
          command:
            "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep 'non-recoverable'",
        },
      ],
      mitigation: [
        { text: "401, 403: renew the credentials, or the role of the ServiceAccount." },
        { text: "A limit: find the metric that grew (PrometheusSeriesGrowing), or have the limit raised." },
        { text: "413: lower maxSamplesPerSend." },
      ],
    },
  }),
);

/** What is sent to the remote store is late. */
export const prometheusRemoteWriteBehind: Alert = defineTunableAlert({ value: 120, unit: "seconds" }, (limit) => {
  const behind = (seconds: number): readonly InputSeries[] => [
    series(newest, remote, steady(10_000)),
    series(newestSent, remote, steady(10_000 - seconds)),
  ];
  return defineAlert({
    name: "PrometheusRemoteWriteBehind",
    category: "telemetry",
    severity: "warning",
    labels: ["namespace", "pod", "remote_name"],
    expr: greaterThan(
      subtract(
        max(newest, { by: ["namespace", "pod", "remote_name"] }),
        max(newestSent, { by: ["namespace", "pod", "remote_name"] }),
        { on: ["namespace", "pod", "remote_name"] },
      ),
      limit,
    ),
    for: "15m",
    summary: ({ pod, remote_name }) => `Prometheus ${pod} is behind with ${remote_name}`,
    description: ({ namespace, pod, remote_name }) =>
      `What ${namespace}/${pod} sends to ${remote_name} has been more than ${limit} seconds late for 15 minutes.`,
    impact: "Dashboards and rules on the long-term store see the past. After two hours samples are lost.",
    dashboard,
    runbook: {
      meaning:
        "Prometheus sends from its write-ahead log, which holds about two hours. The store takes less than is written.",
      impact: "None in this cluster; whoever looks at the central store is late.",
      diagnosis: [
        {
          text: "Is it catching up?",
          promql: subtract(
            max(newest, { by: ["pod", "remote_name"] }),
            max(newestSent, { by: ["pod", "remote_name"] }),
            { on: ["pod", "remote_name"] },
          ),
        },
        {
          text: "Does the store answer slowly or with 429 or 5xx?",
          command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep remote",
        },
        { text: "Did what is sent grow?", promql: sum(rate(remoteSent, "5m"), { by: ["pod", "remote_name"] }) },
      ],
      mitigation: [
        { text: "If the store limits, have the limit raised, or send less: writeRelabelConfigs." },
        { text: "If the store is well, raise maxShards." },
      ],
    },
    fires: [{ name: "it is a little too late", labels: remote, series: behind(limit * 1.25) }],
    quiet: [{ name: "it is as late as it may be", series: behind(limit) }],
  });
});
