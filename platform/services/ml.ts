import { defineService } from "@plinth/core";

export const recommendation = defineService({
  name: "recommendation",
  team: "ml",
  description: "What else a shopper may like",
  tier: "medium",
  language: "python",
  ports: { grpc: { port: 9001, protocol: "grpc" } },
  calls: ["product-catalog", "flagd/grpc"],
  needs: { cpu: "250m", memory: "768Mi", replicas: { development: 1, staging: 2, production: 4 } },
});

export const ad = defineService({
  name: "ad",
  team: "ml",
  description: "Advertisements that fit the page",
  tier: "medium",
  language: "java",
  ports: { grpc: { port: 9555, protocol: "grpc" }, metrics: { port: 9465, protocol: "prometheus" } },
  calls: ["flagd/grpc"],
  needs: { cpu: "250m", memory: "512Mi", replicas: { development: 1, staging: 2, production: 4 } },
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
});
