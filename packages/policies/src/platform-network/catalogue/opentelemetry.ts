import { apiServer, kubelets, port, type Software, scraped, webhook } from "../software.ts";

const operator = "https://github.com/open-telemetry/opentelemetry-operator/tree/main/config";
const receivers = "https://opentelemetry.io/docs/specs/otlp/#default-port-numbers";

export const openTelemetry: readonly Software[] = [
  {
    name: "otel-operator",
    sources: [`${operator}/default/manager_webhook_patch.yaml`],
    ports: { webhook: webhook(9443), metrics: scraped(8080) },
    connects: [apiServer],
  },
  {
    // Services come by their own rules: `allow-telemetry` of their namespaces.
    name: "otel-agent",
    sources: [receivers, "https://opentelemetry.io/docs/collector/internal-telemetry/"],
    ports: { "otlp-grpc": { port: 4317 }, "otlp-http": { port: 4318 }, metrics: scraped(8888) },
    connects: [apiServer, kubelets, port("otel-gateway/otlp-grpc"), port("otel-gateway/otlp-http")],
  },
  {
    // It watches the API server and hands on what it sees; nobody sends it anything.
    name: "otel-cluster",
    sources: ["https://opentelemetry.io/docs/platforms/kubernetes/collector/components/#kubernetes-cluster-receiver"],
    ports: { metrics: scraped(8888) },
    connects: [apiServer, port("otel-gateway/otlp-grpc")],
  },
  {
    name: "otel-gateway",
    sources: [receivers, "https://opentelemetry.io/docs/collector/internal-telemetry/"],
    ports: { "otlp-grpc": { port: 4317 }, "otlp-http": { port: 4318 }, metrics: scraped(8888) },
    connects: [
      // The layer that balances sends the spans of a trace to one of those that sample.
      port("otel-gateway/otlp-grpc"),
      port("tempo/otlp-grpc"),
      port("prometheus/web"),
      port("loki/http"),
      port("loki-gateway/http"),
      { to: "telemetry-backends" },
    ],
  },
  {
    // Collectors that scrape what the allocator gives them; that they reach the pods of services follows from their role.
    name: "otel-scraper",
    sources: ["https://github.com/open-telemetry/opentelemetry-operator/blob/main/cmd/otel-allocator/README.md"],
    ports: { metrics: scraped(8888) },
    connects: [port("otel-gateway/otlp-grpc"), port("otel-target-allocator/http")],
  },
  {
    name: "otel-target-allocator",
    sources: ["https://github.com/open-telemetry/opentelemetry-operator/blob/main/cmd/otel-allocator/README.md"],
    ports: { http: scraped(8080) },
    connects: [apiServer],
  },
];
