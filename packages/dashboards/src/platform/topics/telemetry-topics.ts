import {
  add,
  bucketsOf,
  count,
  countOf,
  divide,
  equal,
  histogramQuantile,
  matching,
  max,
  metric,
  rate,
  type Series,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { type Topic, window } from "../topic.ts";

/** The same question about each of the three signals. */
function bySignal(spans: Series, points: Series, records: Series) {
  return [
    query("spans", sum(rate(spans, window))),
    query("metric points", sum(rate(points, window))),
    query("log records", sum(rate(records, window))),
  ];
}

const byPod = { by: ["pod"] } as const;

/** @see https://opentelemetry.io/docs/collector/internal-telemetry/ */
const collectors: Topic = {
  name: "collectors",
  title: "Collectors",
  description: "The way of telemetry through the collectors: what is taken, refused, sent, lost, and what waits.",
  overview: [
    {
      title: "Accepted",
      asks: bySignal(
        metric("otelcol_receiver_accepted_spans"),
        metric("otelcol_receiver_accepted_metric_points"),
        metric("otelcol_receiver_accepted_log_records"),
      ),
      unit: "cps",
      min: 0,
      description: "What receivers take, per second.",
    },
    {
      title: "Refused",
      asks: bySignal(
        metric("otelcol_receiver_refused_spans"),
        metric("otelcol_receiver_refused_metric_points"),
        metric("otelcol_receiver_refused_log_records"),
      ),
      unit: "cps",
      min: 0,
      description: "What receivers turn away, per second: senders have to try again.",
    },
    {
      title: "Sent",
      asks: bySignal(
        metric("otelcol_exporter_sent_spans"),
        metric("otelcol_exporter_sent_metric_points"),
        metric("otelcol_exporter_sent_log_records"),
      ),
      unit: "cps",
      min: 0,
      description:
        "What exporters have handed over, per second; a span passes two layers of collectors and counts twice.",
    },
    {
      title: "Failed",
      asks: bySignal(
        metric("otelcol_exporter_send_failed_spans"),
        metric("otelcol_exporter_send_failed_metric_points"),
        metric("otelcol_exporter_send_failed_log_records"),
      ),
      unit: "cps",
      min: 0,
      description: "What exporters could not hand over, per second.",
    },
    {
      title: "Dropped",
      asks: bySignal(
        metric("otelcol_exporter_enqueue_failed_spans"),
        metric("otelcol_exporter_enqueue_failed_metric_points"),
        metric("otelcol_exporter_enqueue_failed_log_records"),
      ),
      unit: "cps",
      min: 0,
      description: "What found no place in a full queue, per second: it is lost.",
    },
    {
      title: "Queues",
      asks: divide(
        max(metric("otelcol_exporter_queue_size"), { by: ["pod", "exporter"] }),
        max(metric("otelcol_exporter_queue_capacity"), { by: ["pod", "exporter"] }),
      ),
      unit: "percentunit",
      legend: "{{pod}} {{exporter}}",
      min: 0,
      max: 1,
      description: "Share of each queue that is full.",
    },
    {
      title: "Memory",
      asks: max(metric("otelcol_process_memory_rss"), byPod),
      unit: "bytes",
      legend: "{{pod}}",
      min: 0,
      description: "Memory of each collector. At its limiter's mark it refuses what comes.",
    },
    {
      title: "Refused for want of memory",
      asks: bySignal(
        metric("otelcol_processor_memory_limiter_refused_spans"),
        metric("otelcol_processor_memory_limiter_refused_metric_points"),
        metric("otelcol_processor_memory_limiter_refused_log_records"),
      ),
      unit: "cps",
      min: 0,
      description: "What the memory limiter turns away, per second.",
    },
    {
      title: "Sampling",
      asks: sum(rate(metric("otelcol_processor_tail_sampling_global_count_traces_sampled"), window), {
        by: ["sampled"],
      }),
      unit: "cps",
      legend: "kept: {{sampled}}",
      min: 0,
      stacked: true,
      description: "Traces per second that are kept, and that are not.",
    },
  ],
};

const metrics: Topic = {
  name: "metrics",
  title: "Metrics",
  description: "Prometheus itself: what it scrapes, keeps and computes; and Grafana, which shows it.",
  overview: [
    {
      title: "Series",
      asks: max(metric("prometheus_tsdb_head_series"), byPod),
      unit: "short",
      legend: "{{pod}}",
      min: 0,
      description: "Series in memory: what Prometheus' memory is for.",
    },
    {
      title: "Samples",
      asks: sum(rate(metric("prometheus_tsdb_head_samples_appended_total"), window), byPod),
      unit: "cps",
      legend: "{{pod}}",
      min: 0,
      description: "Samples per second that are kept.",
    },
    {
      title: "Targets that are down",
      asks: count(equal(metric("up"), 0), { by: ["job"] }),
      unit: "short",
      legend: "{{job}}",
      min: 0,
      decimals: 0,
      description: "Targets whose last scrape failed; no line where there are none.",
    },
    {
      title: "Slowest scrapes",
      asks: max(metric("scrape_duration_seconds"), { by: ["job"] }),
      unit: "s",
      legend: "{{job}}",
      min: 0,
      description: "How long the slowest target of each job takes.",
    },
    {
      title: "Rules that fail",
      asks: sum(rate(metric("prometheus_rule_evaluation_failures_total"), window), { by: ["rule_group"] }),
      unit: "eps",
      legend: "{{rule_group}}",
      min: 0,
      description: "Evaluations per second that failed: an alert that fails cannot fire.",
    },
    {
      title: "Behind in remote writing",
      asks: subtract(
        max(metric("prometheus_remote_storage_queue_highest_timestamp_seconds"), { by: ["pod", "remote_name"] }),
        max(metric("prometheus_remote_storage_queue_highest_sent_timestamp_seconds"), { by: ["pod", "remote_name"] }),
      ),
      unit: "s",
      legend: "{{pod}} {{remote_name}}",
      description: "How much later than written samples are sent on.",
    },
  ],
};

const alerting: Topic = {
  name: "alerting",
  title: "Alerting",
  description: "The way from a rule to a person: Prometheus' notifications, Alertmanager, and what it tells to whom.",
  overview: [
    {
      title: "Alerts",
      asks: max(metric("alertmanager_alerts"), { by: ["state"] }),
      unit: "short",
      legend: "{{state}}",
      min: 0,
      decimals: 0,
      description: "Alerts that Alertmanager knows, by whether they are silenced or held back.",
      software: "alertmanager",
    },
    {
      title: "Notifications",
      asks: sum(rate(metric("alertmanager_notifications_total"), window), { by: ["integration"] }),
      unit: "ops",
      legend: "{{integration}}",
      min: 0,
      description: "What Alertmanager tells people, per second, by the way it goes.",
      software: "alertmanager",
    },
    {
      title: "Notifications that fail",
      asks: sum(rate(metric("alertmanager_notifications_failed_total"), window), { by: ["integration", "reason"] }),
      unit: "eps",
      legend: "{{integration}} {{reason}}",
      min: 0,
      description: "What did not get through, per second.",
      software: "alertmanager",
    },
    {
      title: "From Prometheus",
      asks: [
        query("sent", sum(rate(metric("prometheus_notifications_sent_total"), window))),
        query("failed", sum(rate(metric("prometheus_notifications_errors_total"), window))),
        query("dropped", sum(rate(metric("prometheus_notifications_dropped_total"), window))),
      ],
      unit: "ops",
      min: 0,
      description: "Alerts per second that Prometheus hands to Alertmanager.",
    },
  ],
};

/** Requests, errors and durations of a store that counts its requests by route, as Loki and Tempo do. */
function routes(name: "loki_request_duration_seconds" | "tempo_request_duration_seconds"): Topic["overview"] {
  const requests = countOf(metric(name));
  const errors = matching("5..|error");
  const byRoute = { by: ["route"] } as const;
  return [
    {
      title: "Requests by route",
      asks: sum(rate(requests, window), byRoute),
      unit: "reqps",
      legend: "{{route}}",
      min: 0,
      description: "Requests per second.",
    },
    {
      title: "Errors by route",
      asks: divide(
        sum(rate(select(requests, { status_code: errors }), window), byRoute),
        sum(rate(requests, window), byRoute),
      ),
      unit: "percentunit",
      legend: "{{route}}",
      min: 0,
      description: "Share of requests that end in an error of the server.",
    },
    {
      title: "Latency by route",
      asks: [
        query("p99", histogramQuantile(0.99, sum(rate(bucketsOf(metric(name)), window), { by: ["le", "route"] })), {
          legend: "{{route}}",
          exemplars: true,
        }),
      ],
      unit: "s",
      min: 0,
      description: "99 of 100 requests are answered faster.",
    },
  ];
}

const logs: Topic = {
  name: "logs",
  title: "Logs",
  description: "Loki itself: what it is asked, what it keeps, and what it turns away.",
  overview: [
    ...routes("loki_request_duration_seconds"),
    {
      title: "Lines turned away",
      asks: sum(rate(metric("loki_discarded_samples_total"), window), { by: ["reason"] }),
      unit: "cps",
      legend: "{{reason}}",
      min: 0,
      description: "Lines per second that are not kept, and why.",
    },
    {
      title: "Chunks",
      asks: [
        query("written", sum(rate(metric("loki_ingester_chunks_flush_requests_total"), window))),
        query("failed", sum(rate(metric("loki_ingester_chunks_flush_failures_total"), window))),
      ],
      unit: "ops",
      min: 0,
      description: "Chunks per second that go to the object store.",
    },
  ],
};

const traces: Topic = {
  name: "traces",
  title: "Traces",
  description: "Tempo itself: what it is asked, what it keeps, and what it turns away.",
  overview: [
    ...routes("tempo_request_duration_seconds"),
    {
      title: "Spans",
      asks: [
        query("received", sum(rate(metric("tempo_distributor_spans_received_total"), window))),
        query("turned away", sum(rate(metric("tempo_discarded_spans_total"), window))),
      ],
      unit: "cps",
      min: 0,
      description: "Spans per second.",
    },
    {
      title: "Work on blocks that fails",
      asks: add(
        sum(rate(metric("tempodb_compaction_errors_total"), window)),
        sum(rate(metric("tempodb_blocklist_poll_errors_total"), window)),
      ),
      unit: "eps",
      legend: "errors",
      min: 0,
      description:
        "Compactions and looks at the list of blocks that failed, per second: queries become slow, and miss what is new.",
    },
  ],
};

/** What watches the rest. */
export const telemetryTopics: readonly Topic[] = [collectors, metrics, alerting, logs, traces];
