import { definePlatformComponent, type PlatformComponentInput } from "@plinth/core";

/** The pods of one controller of a chart that gives all of its pods one name. */
const controllerOf = (chart: string, controller: string): Record<string, string> => ({
  "app.kubernetes.io/part-of": chart,
  "app.kubernetes.io/component": controller,
});

/**
 * What the platform itself runs: a component for each group of pods with ports and connections of its own, installed by its own charts. Rules, alerts and
 * dashboards reach it from here; what its software listens on and connects to is in the catalogue of `@plinth/policies`.
 */
const installed: readonly PlatformComponentInput[] = [
  {
    name: "istio-ingress",
    namespace: "istio-system",
    podLabels: { istio: "ingress" },
    ports: { http: 8080, https: 8443, health: 15021, metrics: 15020 },
    roles: ["ingress-gateway"],
  },
  {
    name: "istiod",
    namespace: "istio-system",
    podLabels: { app: "istiod" },
    ports: { xds: 15012, webhook: 15017, metrics: 15014 },
  },
  {
    name: "kyverno-admission-controller",
    namespace: "kyverno",
    podLabels: controllerOf("kyverno", "admission-controller"),
    ports: { https: 9443, metrics: 8000 },
    roles: ["admission"],
  },
  {
    name: "kyverno-background-controller",
    namespace: "kyverno",
    podLabels: controllerOf("kyverno", "background-controller"),
    ports: { metrics: 8000 },
  },
  {
    name: "kyverno-cleanup-controller",
    namespace: "kyverno",
    podLabels: controllerOf("kyverno", "cleanup-controller"),
    ports: { https: 9443, metrics: 8000 },
  },
  {
    name: "kyverno-reports-controller",
    namespace: "kyverno",
    podLabels: controllerOf("kyverno", "reports-controller"),
    ports: { metrics: 8000 },
  },
  { name: "argocd-server", namespace: "argocd", ports: { server: 8080, metrics: 8083 }, roles: ["delivery"] },
  {
    name: "argocd-repo-server",
    namespace: "argocd",
    ports: { server: 8081, metrics: 8084 },
    connects: [{ host: "git.example.com", port: 443, cidrs: ["192.0.2.0/28"] }],
  },
  { name: "argocd-application-controller", namespace: "argocd", ports: { metrics: 8082 } },
  { name: "argocd-applicationset-controller", namespace: "argocd", ports: { webhook: 7000, metrics: 8080 } },
  { name: "argocd-notifications-controller", namespace: "argocd", ports: { metrics: 9001 } },
  { name: "argocd-dex-server", namespace: "argocd", ports: { http: 5556, grpc: 5557, metrics: 5558 } },
  { name: "argocd-redis", namespace: "argocd", ports: { redis: 6379 } },
  { name: "argo-rollouts", namespace: "argo-rollouts", ports: { metrics: 8090 } },
  { name: "argo-workflows-server", namespace: "argo-workflows", ports: { web: 2746 } },
  { name: "argo-workflows-workflow-controller", namespace: "argo-workflows", ports: { metrics: 9090 } },
  { name: "cert-manager", namespace: "cert-manager", ports: { metrics: 9402 } },
  {
    name: "cert-manager-webhook",
    namespace: "cert-manager",
    podLabels: { "app.kubernetes.io/name": "webhook", "app.kubernetes.io/instance": "cert-manager" },
    ports: { webhook: 10250, metrics: 9402 },
  },
  {
    name: "cert-manager-cainjector",
    namespace: "cert-manager",
    podLabels: { "app.kubernetes.io/name": "cainjector", "app.kubernetes.io/instance": "cert-manager" },
    ports: { metrics: 9402 },
  },
  { name: "external-dns", namespace: "external-dns", ports: { http: 7979 } },
  { name: "external-secrets", namespace: "external-secrets", ports: { metrics: 8080 } },
  { name: "external-secrets-webhook", namespace: "external-secrets", ports: { webhook: 10250, metrics: 8080 } },
  { name: "external-secrets-cert-controller", namespace: "external-secrets", ports: { metrics: 8080 } },
  { name: "prometheus", namespace: "monitoring", ports: { web: 9090 }, roles: ["metrics-scraper"] },
  {
    name: "prometheus-operator",
    namespace: "monitoring",
    podLabels: { app: "kube-prometheus-stack-operator" },
    ports: { https: 10250 },
  },
  { name: "alertmanager", namespace: "monitoring", ports: { web: 9093, cluster: 9094 }, roles: ["alert-manager"] },
  { name: "kube-state-metrics", namespace: "monitoring", ports: { metrics: 8080, telemetry: 8081 } },
  {
    name: "node-exporter",
    namespace: "monitoring",
    podLabels: { "app.kubernetes.io/name": "prometheus-node-exporter" },
    ports: { metrics: 9100 },
    hostNetwork: true,
  },
  { name: "grafana", namespace: "monitoring", ports: { http: 3000 }, roles: ["dashboard-server"] },
  { name: "grafana-operator", namespace: "monitoring", ports: { metrics: 9090 } },
  {
    name: "loki",
    namespace: "monitoring",
    podLabels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "single-binary" },
    ports: { http: 3100, grpc: 9095, gossip: 7946 },
  },
  {
    name: "loki-gateway",
    namespace: "monitoring",
    podLabels: { "app.kubernetes.io/name": "loki", "app.kubernetes.io/component": "gateway" },
    ports: { http: 8080 },
  },
  { name: "tempo", namespace: "monitoring", ports: { http: 3200, grpc: 9095, "otlp-grpc": 4317, gossip: 7946 } },
  {
    name: "otel-operator",
    namespace: "opentelemetry",
    podLabels: { "app.kubernetes.io/name": "opentelemetry-operator" },
    ports: { webhook: 9443, metrics: 8080 },
  },
  {
    name: "otel-agent",
    namespace: "opentelemetry",
    ports: { "otlp-grpc": 4317, "otlp-http": 4318, metrics: 8888 },
    roles: ["telemetry-agent"],
  },
  {
    name: "otel-gateway",
    namespace: "opentelemetry",
    ports: { "otlp-grpc": 4317, "otlp-http": 4318, metrics: 8888 },
    roles: ["telemetry-gateway"],
  },
  { name: "otel-cluster", namespace: "opentelemetry", ports: { metrics: 8888 }, roles: ["telemetry-cluster"] },
  { name: "falco", namespace: "falco", ports: { http: 8765 } },
  { name: "trivy-operator", namespace: "trivy-system", ports: { metrics: 8080 } },
  {
    name: "trivy-scan-jobs",
    namespace: "trivy-system",
    podLabels: { "app.kubernetes.io/managed-by": "trivy-operator" },
  },
  { name: "opencost", namespace: "opencost", ports: { http: 9003, ui: 9090 } },
  {
    name: "coredns",
    namespace: "kube-system",
    podLabels: { "k8s-app": "kube-dns" },
    ports: { dns: 53, metrics: 9153 },
    roles: ["dns"],
  },
  { name: "karpenter", namespace: "kube-system", ports: { metrics: 8080 } },
  { name: "aws-load-balancer-controller", namespace: "kube-system", ports: { webhook: 9443, metrics: 8080 } },
  {
    name: "metrics-server",
    namespace: "kube-system",
    podLabels: { "k8s-app": "metrics-server" },
    ports: { https: 10250 },
  },
];

export const components: readonly PlatformComponentInput[] = installed.map((component) =>
  definePlatformComponent(component),
);
