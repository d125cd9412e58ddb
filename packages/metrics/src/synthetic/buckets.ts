import { type Platform, parseDuration } from "@plinth/core";
import type { Metric, MetricSource } from "../catalogue/metric.ts";
import { spanMetricBuckets } from "../span-metrics/profile.ts";
import { serviceGraphMetrics } from "../span-metrics/service-graph.ts";

// https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#DefBuckets
const usual = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const powersOfTwo = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from * 2 ** index);

const byMetric: Readonly<Record<string, readonly number[]>> = {
  // staging/src/k8s.io/apiserver/pkg/endpoints/metrics/metrics.go
  apiserver_request_sli_duration_seconds: [
    0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
  ],
  apiserver_request_duration_seconds: [0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10, 30, 60],
  apiserver_admission_webhook_admission_duration_seconds: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25],
  // https://istio.io/latest/docs/reference/config/metrics/: Envoy's buckets of milliseconds.
  istio_request_duration_milliseconds: [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000],
  // https://github.com/coredns/coredns/blob/master/plugin/metrics/README.md: from 0.25 ms, doubling.
  coredns_dns_request_duration_seconds: powersOfTwo(0.000_25, 16),
  coredns_proxy_request_duration_seconds: powersOfTwo(0.000_25, 16),
  kubelet_pleg_relist_duration_seconds: usual,
  // https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
  argocd_app_reconcile: [0.25, 0.5, 1, 2, 4, 8, 16],
};

const bySource: Readonly<Partial<Record<MetricSource, (platform: Platform) => readonly number[]>>> = {
  "span-metrics": (platform) => secondsOf(spanMetricBuckets(platform)),
  "service-graph": () => secondsOf(serviceGraphMetrics.buckets),
};

/** The bounds of a histogram's buckets, ascending, without the last one. */
export function boundsOf({ name, source }: Metric, platform: Platform): readonly number[] {
  return byMetric[name] ?? bySource[source]?.(platform) ?? usual;
}

/** A bound as Prometheus writes it into the label `le`: `0.2`, `1.0`, `+Inf`. */
export function printBound(bound: number): string {
  if (bound === Number.POSITIVE_INFINITY) return "+Inf";
  return Number.isInteger(bound) ? `${bound}.0` : `${bound}`;
}

function secondsOf(durations: readonly string[]): readonly number[] {
  return durations.map((duration) => (parseDuration(duration) ?? 0) / 1000);
}
