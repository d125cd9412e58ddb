import type { JsonObject } from "../json/json-value.ts";
import type { MetricsAddress } from "./addresses.ts";
import { questionsAboutSpans } from "./span-questions.ts";

/** The uids of the data sources that a link may lead to. */
export interface Others {
  readonly metrics?: string;
  readonly logs?: string;
  readonly traces?: string;
}

// What the collectors write at a point of a histogram, and Loki beside a line that came by OTLP.
const traceIdName = "trace_id";
// Logs are written before and after the span that they belong to.
const aroundSpan = { spanStartTimeShift: "-5m", spanEndTimeShift: "5m" } as const;

/**
 * Prometheus: an exemplar leads to its trace.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/prometheus/configure/
 */
export function metricsSettings({ software, signedFor }: MetricsAddress, { traces }: Others): JsonObject {
  return {
    httpMethod: "POST",
    prometheusType: software,
    // How often the platform scrapes: `$__rate_interval` is four times that.
    timeInterval: "30s",
    ...(signedFor === undefined ? {} : { sigV4Auth: true, sigV4AuthType: "default", sigV4Region: signedFor }),
    ...(traces === undefined
      ? {}
      : { exemplarTraceIdDestinations: [{ name: traceIdName, datasourceUid: traces, urlDisplayLabel: "Trace" }] }),
  };
}

/**
 * Loki: a line leads to its trace.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/loki/configure-loki-data-source/#derived-fields
 */
export function logsSettings({ traces }: Others): JsonObject {
  return {
    maxLines: 1000,
    ...(traces === undefined
      ? {}
      : {
          derivedFields: [
            {
              name: "Trace",
              matcherType: "label",
              matcherRegex: traceIdName,
              datasourceUid: traces,
              url: "${__value.raw}",
              urlDisplayLabel: "Open the trace",
            },
          ],
        }),
  };
}

/** Attributes of the resource by the labels that Loki makes of them. */
export const logTags: readonly { readonly key: string; readonly value: string }[] = [
  { key: "service.name", value: "service_name" },
  { key: "k8s.namespace.name", value: "k8s_namespace_name" },
];

/** Attributes of the resource by the labels that span metrics have of them. */
export const metricTags: readonly { readonly key: string; readonly value: string }[] = [
  { key: "service.name", value: "service_name" },
  { key: "deployment.environment.name", value: "deployment_environment_name" },
];

/**
 * Tempo: a span leads to the logs of its trace and to the numbers of its service; the service graph comes from Prometheus.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/tempo/configure-tempo-data-source/
 */
export function tracesSettings({ metrics, logs }: Others): JsonObject {
  return {
    nodeGraph: { enabled: true },
    search: { hide: false },
    // A trace is looked for around the time that the reader looks at, not in all that Tempo keeps.
    traceQuery: { timeShiftEnabled: true, spanStartTimeShift: "-30m", spanEndTimeShift: "30m" },
    ...(metrics === undefined ? {} : { serviceMap: { datasourceUid: metrics } }),
    ...(logs === undefined
      ? {}
      : {
          tracesToLogsV2: {
            datasourceUid: logs,
            ...aroundSpan,
            tags: logTags,
            // Grafana's own filter looks for the id in the line; of logs by OTLP it stands beside the line.
            filterByTraceID: false,
            filterBySpanID: false,
            customQuery: true,
            query: `{\${__tags}} | ${traceIdName}="\${__trace.traceId}"`,
          },
        }),
    ...(metrics === undefined
      ? {}
      : {
          tracesToMetrics: {
            datasourceUid: metrics,
            spanStartTimeShift: "-30m",
            spanEndTimeShift: "30m",
            tags: metricTags,
            queries: questionsAboutSpans("$__tags"),
          },
        }),
  };
}
