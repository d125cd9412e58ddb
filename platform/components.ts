import { definePlatformComponent, type PlatformComponentInput } from "@plinth/core";

/** What the platform itself runs, with the container ports of each: installed by its own charts, reached by rules, alerts and dashboards from here. */
const installed: readonly PlatformComponentInput[] = [
  {
    name: "istio-ingress",
    namespace: "istio-system",
    podLabels: { istio: "ingress" },
    ports: { http: 8080, https: 8443, metrics: 15020 },
    roles: ["ingress-gateway"],
  },
  {
    name: "istiod",
    namespace: "istio-system",
    podLabels: { app: "istiod" },
    ports: { xds: 15012, webhook: 15017, metrics: 15014 },
  },
  {
    name: "kyverno",
    namespace: "kyverno",
    podLabels: { "app.kubernetes.io/part-of": "kyverno" },
    ports: { https: 9443, metrics: 8000 },
    roles: ["admission"],
  },
  {
    name: "argocd",
    namespace: "argocd",
    podLabels: { "app.kubernetes.io/part-of": "argocd" },
    ports: { server: 8080, metrics: 8082 },
    roles: ["delivery"],
  },
  { name: "argo-rollouts", namespace: "argo-rollouts", ports: { metrics: 8090 } },
  {
    name: "argo-workflows",
    namespace: "argo-workflows",
    podLabels: { "app.kubernetes.io/part-of": "argo-workflows" },
    ports: { web: 2746, metrics: 9090 },
  },
  {
    name: "cert-manager",
    namespace: "cert-manager",
    podLabels: { "app.kubernetes.io/instance": "cert-manager" },
    ports: { webhook: 10250, metrics: 9402 },
  },
  { name: "external-dns", namespace: "external-dns", ports: { http: 7979 } },
  {
    name: "external-secrets",
    namespace: "external-secrets",
    podLabels: { "app.kubernetes.io/instance": "external-secrets" },
    ports: { webhook: 10250, metrics: 8080 },
  },
  { name: "prometheus", namespace: "monitoring", ports: { web: 9090 }, roles: ["metrics-scraper"] },
  { name: "alertmanager", namespace: "monitoring", ports: { web: 9093 }, roles: ["alert-manager"] },
  { name: "grafana", namespace: "monitoring", ports: { http: 3000 }, roles: ["dashboard-server"] },
  { name: "loki", namespace: "monitoring", ports: { http: 3100, grpc: 9095 } },
  { name: "tempo", namespace: "monitoring", ports: { http: 3200, "otlp-grpc": 4317 } },
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
  { name: "falco", namespace: "falco", ports: { http: 8765 } },
  { name: "trivy-operator", namespace: "trivy-system", ports: { metrics: 8080 } },
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
