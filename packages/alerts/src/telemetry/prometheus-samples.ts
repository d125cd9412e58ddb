import { greaterThan, max, metric, platformDashboardUid, rate, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { keepsRising } from "../conditions/increase.ts";

const duplicates = metric("prometheus_target_scrapes_sample_duplicate_timestamp_total");
const outOfOrder = metric("prometheus_target_scrapes_sample_out_of_order_total");
const sampleLimit = metric("prometheus_target_scrapes_exceeded_sample_limit_total");
const prometheus = { namespace: "monitoring", pod: "prometheus-0" } as const;
const dashboard = platformDashboardUid("metrics");

/** Two targets write the same series. */
export const prometheusDuplicateSamples: Alert = defineAlert({
  ...keepsRising({ metric: duplicates, object: prometheus }),
  name: "PrometheusDuplicateSamples",
  category: "telemetry",
  severity: "info",
  for: "1h",
  summary: ({ pod }) => `Prometheus ${pod} gets two values for one moment`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has refused samples with a time that it has already for an hour.`,
  impact: "One of two values is lost, and nobody chose which.",
  dashboard,
  runbook: {
    meaning:
      "A target exposes the same series twice, or two targets have the same labels because a relabelling took away what told them apart.",
    impact: "Graphs of these series jump between two truths.",
    diagnosis: [
      {
        text: "Which target?",
        command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 10m | grep 'duplicate'",
      },
      { text: "How many?", promql: sum(rate(duplicates, "5m"), { by: ["pod"] }) },
    ],
    mitigation: [
      { text: "Keep a label that tells the targets apart in relabelings." },
      { text: "If a client library exposes a series twice, repair the registration." },
    ],
  },
});

/** Samples come too late. */
export const prometheusOutOfOrderSamples: Alert = defineAlert({
  ...keepsRising({ metric: outOfOrder, object: prometheus }),
  name: "PrometheusOutOfOrderSamples",
  category: "telemetry",
  severity: "info",
  for: "1h",
  summary: ({ pod }) => `Prometheus ${pod} refuses old samples`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has refused samples that are older than the newest for an hour.`,
  impact: "The samples are lost.",
  dashboard,
  runbook: {
    meaning:
      "A target exposes samples with times of its own that go backwards, or two senders of remote write send the same series.",
    impact: "Gaps in the series concerned.",
    diagnosis: [
      {
        text: "Which target?",
        command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 10m | grep 'out-of-order'",
      },
      { text: "How many?", promql: sum(rate(outOfOrder, "5m"), { by: ["pod"] }) },
      {
        text: "Do two collectors send the same series? Each must have an id of its own.",
        promql: sum(metric("otelcol_process_uptime"), { by: ["pod"] }),
      },
    ],
    mitigation: [
      { text: "If a target sets times, set honorTimestamps to false in its monitor." },
      {
        text: "If senders are doubled, route each series to one of them, or allow a window with outOfOrderTimeWindow.",
      },
    ],
  },
});

/** A target exposes more than it may. */
export const prometheusScrapeLimitHit: Alert = defineAlert({
  ...keepsRising({ metric: sampleLimit, object: prometheus }),
  name: "PrometheusScrapeLimitHit",
  category: "telemetry",
  severity: "warning",
  for: "15m",
  summary: ({ pod }) => `Prometheus ${pod} refuses a target that exposes too much`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has refused scrapes with too many samples for 15 minutes.`,
  impact: "All metrics of the target are missing: a scrape is taken whole or not at all.",
  dashboard,
  runbook: {
    meaning:
      "Each job may bring a number of samples with a scrape. A target brings more: a label of it has too many values.",
    impact: "Its alerts are silent; the database is safe.",
    diagnosis: [
      {
        text: "Which targets bring most?",
        promql: greaterThan(max(metric("scrape_samples_scraped"), { by: ["namespace", "job", "pod"] }), 5_000),
      },
      {
        text: "Which are down for it?",
        command: "kubectl logs --namespace <namespace> <pod> --container prometheus --since 15m | grep 'sample limit'",
      },
      {
        text: "Which metric is it? Count lines by name.",
        command:
          "kubectl exec --namespace <namespace> <target-pod> -- wget -qO- http://localhost:<port>/metrics | grep -v '^#' | cut -d'{' -f1 | sort | uniq -c | sort -rn | head",
      },
    ],
    mitigation: [
      { text: "Take the label out of the metric, in the code or by metricRelabelings." },
      { text: "If the number is right, raise the limit of this one monitor." },
    ],
  },
});
