import type { Environment, Service } from "@plinth/core";
import { rate, select, servedSpans, spanMetrics, sum } from "@plinth/metrics";
import { defineRecording, type Recording } from "./recording.ts";

const { calls, statuses } = spanMetrics;

/** What the alerts of a service have in common: how many requests it serves, and how many of them fail. */
export function serviceRecordings(service: Service, environment: Environment): readonly Recording[] {
  const spans = servedSpans(service, environment);
  if (spans === undefined) return [];
  const labels = { service: service.name };
  return [
    defineRecording({
      record: "service:traces_span_metrics_calls:rate5m",
      expr: sum(rate(select(calls, { ...spans }), "5m")),
      labels,
    }),
    defineRecording({
      record: "service:traces_span_metrics_calls:rate15m",
      expr: sum(rate(select(calls, { ...spans }), "15m")),
      labels,
    }),
    defineRecording({
      record: "service_error:traces_span_metrics_calls:rate5m",
      expr: sum(rate(select(calls, { ...spans, status_code: statuses.error }), "5m")),
      labels,
    }),
  ];
}
