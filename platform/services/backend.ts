import { defineService } from "@plinth/core";
import { availability, latency } from "@plinth/slo";

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
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const cart = defineService({
  name: "cart",
  team: "backend",
  description: "Carts of the shoppers",
  tier: "high",
  language: "dotnet",
  ports: { grpc: { port: 7070, protocol: "grpc" } },
  calls: ["flagd/grpc"],
  stores: ["valkey-cart"],
  needs: { cpu: "200m", memory: "256Mi", replicas: { development: 1, staging: 2, production: 6 } },
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
});

export const currency = defineService({
  name: "currency",
  team: "backend",
  description: "Converts prices",
  tier: "high",
  language: "cpp",
  ports: { grpc: { port: 7001, protocol: "grpc" } },
  needs: { cpu: "100m", memory: "64Mi", replicas: { development: 1, staging: 2, production: 4 } },
});
