import { alertmanagerMetrics } from "./alertmanager.ts";
import { apiServerMetrics } from "./api-server.ts";
import { argoCdMetrics } from "./argo-cd.ts";
import { argoRolloutsMetrics } from "./argo-rollouts.ts";
import { cadvisorMetrics } from "./cadvisor.ts";
import { certManagerMetrics } from "./cert-manager.ts";
import { collectorMetrics } from "./collector.ts";
import { corednsMetrics } from "./coredns.ts";
import { externalDnsMetrics } from "./external-dns.ts";
import { externalSecretsMetrics } from "./external-secrets.ts";
import { falcoMetrics } from "./falco.ts";
import { grafanaMetrics } from "./grafana.ts";
import { istioMetrics } from "./istio.ts";
import { karpenterMetrics } from "./karpenter.ts";
import { kubeStateMetrics } from "./kube-state-metrics.ts";
import { kubeletMetrics } from "./kubelet.ts";
import { kyvernoMetrics } from "./kyverno.ts";
import { lokiMetrics } from "./loki.ts";
import type { Metric, MetricDescription, MetricSource } from "./metric.ts";
import { nodeExporterMetrics } from "./node-exporter.ts";
import { opencostMetrics } from "./opencost.ts";
import { openTelemetrySdkMetrics } from "./opentelemetry-sdk.ts";
import { prometheusMetrics } from "./prometheus.ts";
import { prometheusOperatorMetrics } from "./prometheus-operator.ts";
import { scrapeMetrics, type targetLabels } from "./scrape.ts";
import { serviceGraphSeries } from "./service-graph.ts";
import { slothMetrics } from "./sloth.ts";
import { spanMetricSeries } from "./span-metrics.ts";
import { tempoMetrics } from "./tempo.ts";
import { trivyMetrics } from "./trivy.ts";
import { veleroMetrics } from "./velero.ts";

type Descriptions = typeof alertmanagerMetrics &
  typeof veleroMetrics &
  typeof trivyMetrics &
  typeof tempoMetrics &
  typeof prometheusOperatorMetrics &
  typeof opencostMetrics &
  typeof lokiMetrics &
  typeof istioMetrics &
  typeof grafanaMetrics &
  typeof falcoMetrics &
  typeof externalSecretsMetrics &
  typeof externalDnsMetrics &
  typeof argoRolloutsMetrics &
  typeof apiServerMetrics &
  typeof argoCdMetrics &
  typeof cadvisorMetrics &
  typeof certManagerMetrics &
  typeof collectorMetrics &
  typeof corednsMetrics &
  typeof karpenterMetrics &
  typeof kubeStateMetrics &
  typeof kubeletMetrics &
  typeof kyvernoMetrics &
  typeof nodeExporterMetrics &
  typeof openTelemetrySdkMetrics &
  typeof prometheusMetrics &
  typeof scrapeMetrics &
  typeof serviceGraphSeries &
  typeof slothMetrics &
  typeof spanMetricSeries;

/** The name of a metric that the platform has. */
export type MetricName = keyof Descriptions;

/** A label that every scraped series has. */
export type TargetLabel = (typeof targetLabels)[number];

/** The labels that a catalogued metric has: its own and those of the scrape. */
export type LabelOf<Name extends MetricName> = Descriptions[Name]["labels"][number] | TargetLabel;

/** Metrics by name. */
export type MetricCatalogue = ReadonlyMap<string, Metric>;

const descriptionsBySource: readonly (readonly [MetricSource, Readonly<Record<string, MetricDescription>>])[] = [
  ["alertmanager", alertmanagerMetrics],
  ["velero", veleroMetrics],
  ["trivy", trivyMetrics],
  ["tempo", tempoMetrics],
  ["prometheus-operator", prometheusOperatorMetrics],
  ["opencost", opencostMetrics],
  ["loki", lokiMetrics],
  ["istio", istioMetrics],
  ["grafana", grafanaMetrics],
  ["falco", falcoMetrics],
  ["external-secrets", externalSecretsMetrics],
  ["external-dns", externalDnsMetrics],
  ["argo-rollouts", argoRolloutsMetrics],
  ["api-server", apiServerMetrics],
  ["argo-cd", argoCdMetrics],
  ["cadvisor", cadvisorMetrics],
  ["cert-manager", certManagerMetrics],
  ["coredns", corednsMetrics],
  ["karpenter", karpenterMetrics],
  ["kube-state-metrics", kubeStateMetrics],
  ["kubelet", kubeletMetrics],
  ["kyverno", kyvernoMetrics],
  ["node-exporter", nodeExporterMetrics],
  ["opentelemetry-collector", collectorMetrics],
  ["opentelemetry-sdk", openTelemetrySdkMetrics],
  ["prometheus", prometheusMetrics],
  ["scrape", scrapeMetrics],
  ["service-graph", serviceGraphSeries],
  ["sloth", slothMetrics],
  ["span-metrics", spanMetricSeries],
];

/**
 * Every metric that the platform has and that Plinth knows, by the name that Prometheus stores.
 *
 * @example
 * metricCatalogue.get("kube_pod_status_phase")?.labels; // ["namespace", "pod", "uid", "phase"]
 */
export const metricCatalogue: MetricCatalogue = new Map(
  descriptionsBySource.flatMap(([source, descriptions]) =>
    Object.entries(descriptions).map(([name, description]): [string, Metric] => [
      name,
      { name, ...description, source },
    ]),
  ),
);

/**
 * A metric of the catalogue. The editor completes the name, and `select` then knows the labels.
 *
 * @throws TypeError when the catalogue does not have it: only possible where the type was bypassed.
 * @example
 * select(metric("kube_pod_status_phase"), { phase: "Failed" });
 */
export function metric<Name extends MetricName>(name: Name): Metric<Name, LabelOf<Name>>;
export function metric(name: string): Metric {
  const found = metricCatalogue.get(name);
  if (found === undefined)
    throw new TypeError(`${JSON.stringify(name)} is not in the metric catalogue. Describe your own with defineMetric.`);
  return found;
}

/**
 * A metric of your own, that the catalogue does not have.
 *
 * @example
 * const bookings = defineMetric({ name: "loyalty_bookings_total", type: "counter", unit: "count", labels: ["route", "job"], help: "Bookings of points." });
 * printPromql(rate(select(bookings, { route: "/points" }), "5m"));
 */
export function defineMetric<const Name extends string, const Label extends string>(
  description: Omit<Metric<Name, Label>, "source">,
): Metric<Name, Label> {
  return { ...description, source: "custom" };
}

/**
 * The platform's catalogue and metrics of your own: what an expression that uses them is checked against.
 *
 * @example
 * const bookings = defineMetric({ name: "loyalty_bookings_total", type: "counter", unit: "count", labels: ["route"], help: "Bookings of points." });
 * promqlFindings("rate(loyalty_bookings_total[5m])", { catalogue: catalogueWith(bookings) }); // none
 */
export function catalogueWith(...metrics: readonly Metric[]): MetricCatalogue {
  return new Map([...metricCatalogue, ...metrics.map((added): [string, Metric] => [added.name, added])]);
}
