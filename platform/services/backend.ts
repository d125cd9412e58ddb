import { defineService } from "@plinth/core";
import { availability, latency, throughput } from "@plinth/slo";

export const checkout = defineService({
  name: "checkout",
  team: "backend",
  description: "Takes the order: prices it, charges the card, ships it, confirms it",
  tier: "critical",
  language: "go",
  ports: { grpc: { port: 5050, protocol: "grpc" } },
  calls: ["cart", "currency", "email", "payment", "product-catalog", "shipping", "flagd/grpc"],
  produces: ["kafka/orders"],
  // The queue asks for a role instead of a password: MSK with IAM access control.
  cloudRole: "shop-checkout",
  needs: { cpu: "200m", memory: "128Mi", replicas: { development: 1, staging: 2, production: 6 } },
  traffic: { requestsPerSecond: { development: 0.2, staging: 2, production: 20 } },
  promises: [
    availability({ objective: 99.9, calendar: "month" }),
    latency({ percentile: 95, below: "200ms" }),
    // An order that nobody places is an outage that no error shows; at night there are few.
    throughput({ objective: 99, atLeast: 1, per: "15m", alerts: "ticket" }),
  ],
});

export const cart = defineService({
  name: "cart",
  team: "backend",
  description: "Carts of the shoppers",
  tier: "high",
  language: "dotnet",
  // It sets up its SDK itself, with spans of its own.
  instrumentation: "manual",
  ports: { grpc: { port: 7070, protocol: "grpc" } },
  calls: ["flagd/grpc"],
  stores: ["valkey-cart"],
  needs: { cpu: "200m", memory: "256Mi", replicas: { development: 1, staging: 2, production: 6 } },
  traffic: { requestsPerSecond: { development: 1, staging: 10, production: 120 } },
});

export const productCatalog = defineService({
  name: "product-catalog",
  team: "backend",
  description: "What the shop sells",
  tier: "high",
  language: "go",
  ports: { grpc: { port: 3550, protocol: "grpc" } },
  calls: ["flagd/grpc"],
  stores: ["astronomy-db"],
  needs: { cpu: "200m", memory: "128Mi", replicas: { development: 1, staging: 2, production: 6 } },
  traffic: { requestsPerSecond: { development: 2, staging: 20, production: 300 } },
});

export const currency = defineService({
  name: "currency",
  team: "backend",
  description: "Converts prices",
  tier: "high",
  language: "cpp",
  ports: { grpc: { port: 7001, protocol: "grpc" } },
  needs: { cpu: "100m", memory: "64Mi", replicas: { development: 1, staging: 2, production: 4 } },
  traffic: { requestsPerSecond: { development: 2, staging: 20, production: 260 } },
});
