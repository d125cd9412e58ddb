import {
  apiServer,
  cloudApis,
  kubelets,
  page,
  port,
  publicPorts,
  type Software,
  scraped,
  tokenService,
} from "../software.ts";

const stack = "https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack";

// How the members of a ring find each other, in Loki and Tempo alike.
const gossip = { port: 7946, protocols: ["TCP", "UDP"] } as const;

export const monitoring: readonly Software[] = [
  {
    name: "prometheus",
    sources: [stack, "https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config"],
    ports: { web: { port: 9090 }, "metrics-reload": scraped(8080) },
    connects: [apiServer, kubelets, port("alertmanager/web")],
  },
  {
    name: "alertmanager",
    sources: [stack, "https://prometheus.io/docs/alerting/latest/high_availability/"],
    ports: { web: scraped(9093), cluster: { port: 9094, protocols: ["TCP", "UDP"] }, "metrics-reload": scraped(8080) },
    connects: [port("alertmanager/cluster"), publicPorts([443, 587], "pagers, chats and the mail host")],
  },
  {
    name: "prometheus-operator",
    sources: [`${stack}/templates/prometheus-operator/deployment.yaml`],
    // Webhook and metrics share the port.
    ports: { https: { port: 10250, from: ["anyone", "metrics-scraper"] } },
    connects: [apiServer],
  },
  {
    name: "kube-state-metrics",
    sources: ["https://github.com/kubernetes/kube-state-metrics/blob/main/README.md"],
    ports: { metrics: scraped(8080), telemetry: scraped(8081) },
    connects: [apiServer],
  },
  {
    name: "node-exporter",
    sources: ["https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-node-exporter"],
    // In the node's network: its component says hostNetwork.
    ports: { metrics: scraped(9100) },
    connects: [],
  },
  {
    name: "grafana",
    sources: ["https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/"],
    ports: { http: { ...page(3000), from: ["ingress-gateway", "metrics-scraper"] } },
    connects: [
      apiServer,
      port("prometheus/web"),
      port("alertmanager/web"),
      port("loki/http"),
      port("loki-gateway/http"),
      port("tempo/http"),
    ],
  },
  {
    name: "grafana-operator",
    sources: ["https://github.com/grafana/grafana-operator/tree/master/deploy/helm/grafana-operator"],
    ports: { metrics: scraped(9090) },
    connects: [apiServer, port("grafana/http")],
  },
  {
    name: "loki",
    sources: ["https://github.com/grafana/loki/tree/main/production/helm/loki"],
    ports: { http: scraped(3100), grpc: { port: 9095 }, gossip },
    connects: [
      port("loki/http"),
      port("loki/grpc"),
      port("loki/gossip"),
      port("alertmanager/web"),
      cloudApis,
      tokenService,
    ],
  },
  {
    name: "loki-gateway",
    sources: ["https://github.com/grafana/loki/tree/main/production/helm/loki/templates/gateway"],
    ports: { http: { port: 8080 } },
    connects: [port("loki/http")],
  },
  {
    name: "tempo",
    sources: ["https://github.com/grafana/helm-charts/tree/main/charts/tempo-distributed"],
    ports: { http: scraped(3200), grpc: { port: 9095 }, "otlp-grpc": { port: 4317 }, gossip },
    connects: [port("tempo/http"), port("tempo/grpc"), port("tempo/gossip"), cloudApis, tokenService],
  },
  {
    name: "opencost",
    sources: ["https://github.com/opencost/opencost-helm-chart/tree/main/charts/opencost"],
    ports: { http: scraped(9003), ui: page(9090) },
    connects: [apiServer, port("prometheus/web"), publicPorts([443], "price lists of the cloud"), tokenService],
  },
];
