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
];
