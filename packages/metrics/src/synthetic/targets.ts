import type { PlatformComponent } from "@plinth/core";
import type { Metric, MetricSource } from "../catalogue/metric.ts";
import type { Facts } from "./facts.ts";
import type { Row } from "./row.ts";
import type { Workload } from "./workloads.ts";

/** Which components run the program that exposes a metric. */
type Runs = (component: PlatformComponent) => boolean;

const called =
  (...names: readonly string[]): Runs =>
  ({ software }) =>
    names.includes(software);
const partOf =
  (name: string): Runs =>
  ({ software }) =>
    software === name || software.startsWith(`${name}-`);

/** Programs that run in pods of the platform. Those that are not here are scraped in a way of their own, or not at all. */
const runners: Readonly<Partial<Record<MetricSource, Runs>>> = {
  alertmanager: ({ software, roles }) => software === "alertmanager" || roles.includes("alert-manager"),
  velero: called("velero"),
  trivy: called("trivy-operator"),
  tempo: partOf("tempo"),
  "prometheus-operator": called("prometheus-operator"),
  opencost: called("opencost"),
  loki: called("loki"),
  istio: called("istiod"),
  grafana: called("grafana"),
  falco: called("falco"),
  "external-secrets": called("external-secrets"),
  "external-dns": called("external-dns"),
  "argo-rollouts": called("argo-rollouts"),
  "argo-cd": called("argocd", "argocd-application-controller"),
  "cert-manager": called("cert-manager"),
  coredns: ({ software, roles }) => software === "coredns" || roles.includes("dns"),
  karpenter: called("karpenter"),
  "kube-state-metrics": called("kube-state-metrics"),
  kyverno: partOf("kyverno"),
  prometheus: called("prometheus"),
  "node-exporter": called("node-exporter"),
  "opentelemetry-collector": ({ roles }) => roles.some((role) => role.startsWith("telemetry-")),
};

// Parts of Argo CD: https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/
const partsOfArgoCd: Readonly<Record<string, Runs>> = {
  argocd_git_request_total: called("argocd", "argocd-repo-server"),
  argocd_git_fetch_fail_total: called("argocd", "argocd-repo-server"),
  argocd_git_lsremote_fail_total: called("argocd", "argocd-repo-server"),
  argocd_login_request_total: called("argocd", "argocd-server"),
};

/**
 * Labels of the targets that expose a metric; none where the environment does not run its program.
 *
 * @see https://prometheus.io/docs/concepts/jobs_instances/
 */
export function targetsOf(metric: Metric, facts: Facts): readonly Row[] {
  switch (metric.source) {
    case "scrape":
      return everyTarget(facts);
    case "api-server":
      return [apiServer];
    case "kubelet":
    case "cadvisor":
      return kubeletTargets(facts, metric.source === "cadvisor" ? "/metrics/cadvisor" : "/metrics");
    case "span-metrics":
    case "service-graph":
      return countingCollectors(facts);
    case "opentelemetry-sdk":
    case "custom":
      // Programs send these themselves.
      return [{}];
    default: {
      const runs = partsOfArgoCd[metric.name] ?? runners[metric.source];
      const targets = runs === undefined ? [] : componentTargets(facts, runs);
      // One process knows all objects; a second one waits to take over.
      return metric.source === "kube-state-metrics" || metric.source === "trivy" ? targets.slice(0, 1) : targets;
    }
  }
}

const apiServer: Row = {
  job: "apiserver",
  instance: "10.0.0.10:443",
  namespace: "default",
  service: "kubernetes",
  endpoint: "https",
};

function kubeletTargets({ nodes }: Facts, path: string): readonly Row[] {
  return nodes.map(({ name, ip }) => ({
    job: "kubelet",
    instance: `${ip}:10250`,
    namespace: "kube-system",
    service: "kubelet",
    endpoint: "https-metrics",
    node: name,
    metrics_path: path,
  }));
}

/** Collectors that make metrics of spans send them themselves: such series have no labels of a scrape. */
function countingCollectors({ workloads }: Facts): readonly Row[] {
  return workloads
    .filter(({ component }) => component?.roles.includes("telemetry-gateway"))
    .flatMap(({ pods }) => pods.slice(0, 1).map(({ name }) => ({ collector_instance_id: name })));
}

function componentTargets({ workloads }: Facts, runs: Runs): readonly Row[] {
  return workloads.filter(({ component }) => component !== undefined && runs(component)).flatMap(podTargets);
}

function podTargets({ name, namespace, pods, component, kind }: Workload): readonly Row[] {
  const ports = Object.entries(component?.ports ?? {});
  const [endpoint = "metrics", port = 8080] =
    ports.find(([portName]) => portName === "metrics") ??
    ports.find(([portName]) => portName.startsWith("http")) ??
    ports[0] ??
    [];
  return pods.map((pod) => ({
    job: name,
    instance: `${kind === "DaemonSet" && component?.hostNetwork ? pod.node.ip : pod.ip}:${port}`,
    namespace,
    pod: pod.name,
    container: name,
    service: name,
    endpoint,
    nodename: pod.node.name,
  }));
}

function everyTarget(facts: Facts): readonly Row[] {
  const kubelets = kubeletTargets(facts, "/metrics").map(({ node: _, metrics_path: __, ...row }) => row);
  const services = facts.workloads
    .filter(({ service }) =>
      facts.platform.services.some(({ name, metrics }) => name === service && metrics.length > 0),
    )
    .flatMap(podTargets);
  return [apiServer, ...kubelets, ...componentTargets(facts, () => true), ...services];
}
