import { describe, expect, it } from "vitest";
import { bucketsOf, countOf, select } from "../promql/select.ts";
import { spanMetrics } from "../span-metrics/profile.ts";
import { metric, metricCatalogue } from "./catalogue.ts";
import { describeSeries } from "./series.ts";

const metrics = [...metricCatalogue.values()];
/** Projects that name their counters otherwise. */
const ownWays: ReadonlySet<string> = new Set([
  "argo-rollouts",
  "cert-manager",
  "external-secrets",
  "istio",
  "opentelemetry-collector",
]);

describe("the metric catalogue", () => {
  it("says of each metric what it is, once", () => {
    for (const { name, help, labels } of metrics) {
      expect(name).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/);
      expect(help, name).toMatch(/\.$/);
      expect(new Set(labels).size, name).toBe(labels.length);
    }
  });

  // https://prometheus.io/docs/practices/naming/
  it("calls no gauge a total, and every counter one but those that are scraped without the suffix", () => {
    const counters = metrics.filter(({ type, source }) => type === "counter" && !ownWays.has(source));
    expect(counters.map(({ name }) => name).filter((name) => !name.endsWith("_total"))).toEqual([
      "apiserver_admission_webhook_rejection_count",
      "apiserver_admission_webhook_fail_open_count",
      "kubelet_evictions",
      "kubelet_certificate_manager_client_expiration_renew_errors",
      "kubelet_server_expiration_renew_errors",
      "node_vmstat_pgmajfault",
    ]);
    expect(metrics.filter(({ type, name }) => type !== "counter" && name.endsWith("_total"))).toEqual([]);
  });

  it("counts in the unit that the name says", () => {
    for (const { name, unit } of metrics) {
      if (/_seconds(_total)?$/.test(name)) expect(["seconds", "timestamp"], name).toContain(unit);
      if (/_bytes(_total)?$/.test(name)) expect(unit, name).toBe("bytes");
      if (name.endsWith("_info")) expect(unit, name).toBe("info");
    }
  });

  it("keeps le and quantile for the parts of histograms and summaries", () => {
    expect(metrics.filter(({ labels }) => labels.includes("le") || labels.includes("quantile"))).toEqual([]);
  });

  it("knows the series of a histogram", () => {
    expect(describeSeries(metricCatalogue, "traces_span_metrics_duration_seconds_bucket")).toMatchObject({
      type: "counter",
    });
    expect(describeSeries(metricCatalogue, "traces_span_metrics_duration_seconds_bucket")?.labels).toContain("le");
    expect(describeSeries(metricCatalogue, "traces_span_metrics_duration_seconds_count")?.labels).not.toContain("le");
    expect(describeSeries(metricCatalogue, "up_bucket")).toBeUndefined();
  });
});

describe("a metric", () => {
  it("knows its labels before anything runs", () => {
    select(metric("kube_pod_status_phase"), { namespace: "team-data", phase: "Failed" });
    select(bucketsOf(spanMetrics.duration), { le: "0.2" });
    // @ts-expect-error There is no such label.
    select(metric("kube_pod_status_phase"), { namespce: "team-data" });
    // @ts-expect-error Only the buckets have it.
    select(countOf(spanMetrics.duration), { le: "0.2" });
    // @ts-expect-error There is no such metric.
    expect(() => metric("kube_pod_status_fase")).toThrow(TypeError);
  });
});
