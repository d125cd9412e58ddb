/** What a series means: how it may be aggregated and which functions make sense of it. */
export type MetricType = "counter" | "gauge" | "histogram" | "summary";

/**
 * What one unit of the value is. `timestamp` is seconds since the epoch, `boolean` is 0 or 1, `info` is always 1 and its labels carry the
 * meaning.
 */
export type MetricUnit =
  | "seconds"
  | "milliseconds"
  | "bytes"
  | "cores"
  | "ratio"
  | "count"
  | "timestamp"
  | "boolean"
  | "info";

/** What a metric is, without its name: the row of a catalogue's table. */
export interface MetricDescription {
  readonly type: MetricType;
  readonly unit: MetricUnit;
  /** Labels that the exporter sets. Labels of the scrape (`job`, `instance`, …) come on top. */
  readonly labels: readonly string[];
  /** All values that a label can have, for labels that have few: `{ phase: ["Pending", "Running"] }`. @default any */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** A histogram that Prometheus stores as native: its name has samples, and no buckets, count or sum are needed. @default false */
  readonly native?: boolean;
  readonly help: string;
}

/** Which program exposes a metric. */
export type MetricSource =
  | "alertmanager"
  | "velero"
  | "trivy"
  | "tempo"
  | "prometheus-operator"
  | "opencost"
  | "loki"
  | "istio"
  | "grafana"
  | "falco"
  | "external-secrets"
  | "external-dns"
  | "argo-rollouts"
  | "api-server"
  | "argo-cd"
  | "cadvisor"
  | "cert-manager"
  | "coredns"
  | "karpenter"
  | "kube-state-metrics"
  | "kubelet"
  | "kyverno"
  | "node-exporter"
  | "opentelemetry-collector"
  | "opentelemetry-sdk"
  | "prometheus"
  | "scrape"
  | "service-graph"
  | "sloth"
  | "span-metrics"
  | "custom";

/** One metric as Prometheus stores it. A histogram has the family's name, without `_bucket`, `_count` and `_sum`. */
export interface Metric<Name extends string = string, Label extends string = string> extends MetricDescription {
  readonly name: Name;
  readonly labels: readonly Label[];
  readonly source: MetricSource;
}
