import { environmentNamed, type Platform } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { metricCatalogue } from "../catalogue/catalogue.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries } from "../catalogue/series.ts";
import { evaluatePromql } from "../evaluation/evaluate-promql.ts";
import { promtoolSeries, type SyntheticSeries, syntheticSeries } from "./synthetic-series.ts";

const now = 1_795_309_200;
// Each program whose metrics the catalogue has.
const software = [
  "alertmanager",
  "argo-rollouts",
  "argocd",
  "cert-manager",
  "coredns",
  "external-dns",
  "external-secrets",
  "falco",
  "grafana",
  "istiod",
  "karpenter",
  "kube-state-metrics",
  "kyverno",
  "loki",
  "node-exporter",
  "opencost",
  "prometheus",
  "prometheus-operator",
  "tempo",
  "trivy-operator",
  "velero",
];
const platform = examplePlatform({
  components: [
    ...software.map((name) => ({ name, namespace: "platform", ports: { metrics: 8080 } })),
    {
      name: "otel-gateway",
      namespace: "opentelemetry",
      ports: { metrics: 8888 },
      roles: ["telemetry-gateway" as const],
    },
    {
      name: "istio-ingress",
      namespace: "istio-system",
      ports: { http: 8080 },
      roles: ["ingress-gateway" as const],
    },
  ],
});
const seriesOf = (of: Platform, ...expressions: readonly string[]): readonly SyntheticSeries[] =>
  syntheticSeries({ platform: of, environment: environmentNamed(of, "production"), now, expressions });
const everything = syntheticSeries({ platform, environment: environmentNamed(platform, "production"), now });
const valuesOf = (label: string, series: readonly SyntheticSeries[]): readonly string[] =>
  [...new Set(series.flatMap(({ labels }) => labels[label] ?? []))].sort();
const ask = (expression: string): readonly { readonly labels: object; readonly value: number }[] =>
  evaluatePromql(expression, promtoolSeries(seriesOf(platform, expression), { from: now - 1200, to: now, step: 60 }));

describe("synthetic series", () => {
  it("have only labels that the catalogue knows of the metric, and each set of labels once", () => {
    const seen = new Set<string>();
    const strange: string[] = [];
    for (const { name, labels } of everything) {
      const known = new Set<string>([...(describeSeries(metricCatalogue, name)?.labels ?? []), ...targetLabels]);
      const key = `${name} ${JSON.stringify(Object.entries(labels).sort())}`;
      if (Object.keys(labels).some((label) => !known.has(label)) || seen.has(key)) strange.push(key);
      seen.add(key);
    }
    expect(strange).toEqual([]);
  });

  it("are there for every metric of what a platform runs, but those that rules record and programs in other languages write", () => {
    const names = new Set(everything.map(({ name }) => name));
    const missing = [...metricCatalogue.values()].filter(
      ({ name, type, source }) =>
        source !== "sloth" &&
        source !== "opentelemetry-sdk" &&
        name !== "ALERTS" &&
        !names.has(type === "histogram" ? `${name}_count` : name),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it("are not there for software that nobody runs", () => {
    const bare = examplePlatform({ components: [] });
    expect(seriesOf(bare, "argocd_app_info", "kyverno_breaker_drops_total")).toEqual([]);
  });

  it("are the same for the same input", () => {
    const text = (): string =>
      JSON.stringify(
        seriesOf(platform, "kube_pod_info", "up", "argocd_app_reconcile_bucket", "traces_span_metrics_calls_total").map(
          ({ name, labels, valueAt }) => [name, labels, valueAt(now)],
        ),
      );
    expect(text()).toBe(text());
  });

  it("are about the platform's own teams, services and environments", () => {
    const spans = everything.filter(({ name }) => name === "traces_span_metrics_calls_total");
    expect(valuesOf("service_name", spans).every((name) => platform.services.some((s) => s.name === name))).toBe(true);
    expect(valuesOf("deployment_environment_name", spans)).toEqual(["production"]);
    const pods = everything.filter(({ name }) => name === "kube_pod_info");
    for (const { namespace } of platform.teams.slice(0, 1)) expect(valuesOf("namespace", pods)).toContain(namespace);
  });

  it("have values of labels that the programs write, and no others", () => {
    const phases = everything.filter(({ name }) => name === "kube_pod_status_phase");
    expect(valuesOf("phase", phases)).toEqual(["Failed", "Pending", "Running", "Succeeded", "Unknown"]);
    expect(ask('kube_pod_status_phase{phase="Runing"}')).toEqual([]);
  });

  it("never fall where they are counters, and never leave the finite numbers", () => {
    const strange = everything.filter(({ name, valueAt }) => {
      const values = [now - 3600, now - 600, now - 300, now].flatMap((time) => valueAt(time) ?? []);
      const falls = values.some((value, index) => index > 0 && value < (values[index - 1] ?? 0));
      return !values.every(Number.isFinite) || (falls && describeSeries(metricCatalogue, name)?.type === "counter");
    });
    expect(strange.map(({ name }) => name)).toEqual([]);
  });
});

describe("expressions over synthetic series", () => {
  it("find their partners: pods and their labels, containers and their limits, volumes and their sizes", () => {
    for (const expression of [
      "sum(kube_pod_info * on (namespace, pod) group_left () group by (namespace, pod) (kube_pod_labels))",
      'sum(container_memory_working_set_bytes / on (namespace, pod, container) group_left () max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}))',
      "sum(kubelet_volume_stats_available_bytes / on (namespace, persistentvolumeclaim) kubelet_volume_stats_capacity_bytes)",
    ])
      expect(ask(expression), expression).toHaveLength(1);
  });

  it("give shares between 0 and 1", () => {
    for (const expression of [
      '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))',
      "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
      'sum by (service_name) (rate(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"}[5m])) / sum by (service_name) (rate(traces_span_metrics_calls_total[5m]))',
      "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes",
      'sum(kube_pod_container_resource_requests{resource="cpu"}) / sum(kube_node_status_allocatable{resource="cpu"})',
    ]) {
      const found = ask(expression);
      expect(found.length, expression).toBeGreaterThan(0);
      for (const { value } of found) expect(value >= 0 && value <= 1, `${expression}: ${value}`).toBe(true);
    }
  });

  it("read histograms whose last bucket is the count", () => {
    expect(
      ask(
        'sum(traces_span_metrics_duration_seconds_bucket{le="+Inf"}) == sum(traces_span_metrics_duration_seconds_count)',
      ),
    ).toHaveLength(1);
    const [p95] = ask("histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))");
    expect(p95?.value).toBeGreaterThan(0.01);
    expect(p95?.value).toBeLessThan(0.5);
  });

  it("find one state of each thing", () => {
    for (const { value } of ask("sum by (namespace, pod) (kube_pod_status_phase)")) expect(value).toBe(1);
    for (const { value } of ask("sum by (node, condition) (kube_node_status_condition)")) expect(value).toBe(1);
  });

  it("find trouble in each workload, where trouble is everywhere", () => {
    const environment = environmentNamed(platform, "production");
    const of = (trouble: "some" | "everywhere"): readonly SyntheticSeries[] =>
      syntheticSeries({
        platform,
        environment,
        now,
        trouble,
        expressions: ["kube_pod_container_status_waiting_reason", "kube_pod_info"],
      }).filter(({ name }) => name === "kube_pod_container_status_waiting_reason");
    expect(valuesOf("reason", of("some"))).toEqual(valuesOf("reason", of("everywhere")));
    expect(valuesOf("container", of("everywhere")).length).toBeGreaterThan(valuesOf("container", of("some")).length);
  });
});
