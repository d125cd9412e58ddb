import { defineService } from "@plinth/core";
import { availability, latency } from "@plinth/slo";

export const payment = defineService({
  name: "payment",
  team: "integrations",
  description: "Charges the card",
  tier: "critical",
  language: "nodejs",
  ports: { grpc: { port: 50051, protocol: "grpc" } },
  calls: ["flagd/grpc"],
  external: [{ host: "api.card-processor.example.com", port: 443, cidrs: ["203.0.113.0/24"] }],
  needs: { cpu: "100m", memory: "256Mi", replicas: { development: 1, staging: 2, production: 4 } },
  traffic: { requestsPerSecond: { development: 0.2, staging: 2, production: 20 } },
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const shipping = defineService({
  name: "shipping",
  team: "integrations",
  description: "Quotes and books the delivery",
  tier: "high",
  language: "rust",
  ports: { http: { port: 50050, protocol: "http" } },
  calls: ["quote", "flagd/grpc"],
  needs: { cpu: "100m", memory: "64Mi", replicas: { development: 1, staging: 2, production: 4 } },
  traffic: { requestsPerSecond: { development: 0.3, staging: 3, production: 35 } },
});

export const email = defineService({
  name: "email",
  team: "integrations",
  description: "Confirms orders by mail",
  tier: "medium",
  language: "ruby",
  ports: { http: { port: 6060, protocol: "http" } },
  calls: ["flagd/grpc"],
  external: [{ host: "api.mail-provider.example.com", port: 443, cidrs: ["198.51.100.0/24"] }],
  needs: { cpu: "100m", memory: "192Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 0.2, staging: 2, production: 20 } },
});

export const quote = defineService({
  name: "quote",
  team: "integrations",
  description: "Price of a delivery",
  tier: "low",
  language: "php",
  ports: { http: { port: 8090, protocol: "http" } },
  needs: { cpu: "50m", memory: "96Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 0.3, staging: 3, production: 35 } },
});
