import { defineService } from "@plinth/core";
import { availability, freshness, saturation } from "@plinth/slo";

export const recommendation = defineService({
  name: "recommendation",
  team: "ml",
  description: "What else a shopper may like",
  tier: "medium",
  language: "python",
  ports: { grpc: { port: 9001, protocol: "grpc" } },
  calls: ["product-catalog", "flagd/grpc"],
  needs: { cpu: "250m", memory: "768Mi", replicas: { development: 1, staging: 2, production: 4 } },
  traffic: { requestsPerSecond: { development: 0.5, staging: 5, production: 60 } },
});

export const ad = defineService({
  name: "ad",
  team: "ml",
  description: "Advertisements that fit the page",
  tier: "medium",
  language: "java",
  ports: { grpc: { port: 9555, protocol: "grpc" }, metrics: { port: 9465, protocol: "prometheus" } },
  metrics: [{ port: "metrics", drop: ["jvm_buffer_.*"] }],
  calls: ["flagd/grpc"],
  needs: { cpu: "250m", memory: "512Mi", replicas: { development: 1, staging: 2, production: 4 } },
  traffic: { requestsPerSecond: { development: 0.5, staging: 5, production: 60 } },
  // The index of the advertisements is kept in memory: it grows with the campaigns.
  promises: [availability(99), saturation({ objective: 99, of: "memory", below: 90, alerts: "ticket" })],
});

export const fraudDetection = defineService({
  name: "fraud-detection",
  team: "ml",
  description: "Reads orders and looks for fraud",
  tier: "high",
  language: "kotlin",
  calls: ["flagd/grpc"],
  consumes: ["kafka/orders"],
  // The queue asks for a role instead of a password: MSK with IAM access control.
  cloudRole: "shop-fraud-detection",
  needs: { cpu: "500m", memory: "512Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 0.2, staging: 2, production: 20 } },
  // An order that is looked at after it was shipped is not looked at.
  promises: [availability(99.5), freshness({ objective: 99.5, within: "30m" })],
});
