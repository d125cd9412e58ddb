/**
 * What Prometheus itself records for each target that it scrapes.
 *
 * @see https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series
 */
export const scrapeMetrics = {
  up: { type: "gauge", unit: "boolean", labels: [], help: "1 when the last scrape of the target succeeded." },
  scrape_duration_seconds: { type: "gauge", unit: "seconds", labels: [], help: "How long the scrape took." },
  scrape_samples_scraped: { type: "gauge", unit: "count", labels: [], help: "Samples that the target exposed." },
} as const;

/**
 * Labels that Prometheus or the operator's ServiceMonitor and PodMonitor put on every scraped series.
 *
 * @see https://github.com/prometheus-operator/prometheus-operator/blob/main/Documentation/api-reference/api.md
 */
export const targetLabels = ["job", "instance", "namespace", "pod", "container", "service", "endpoint"] as const;
