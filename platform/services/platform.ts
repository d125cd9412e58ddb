import { defineService } from "@plinth/core";

export const flagd = defineService({
  name: "flagd",
  team: "platform",
  description: "Feature flags",
  tier: "low",
  language: "go",
  ports: { grpc: { port: 8013, protocol: "grpc" }, http: { port: 8016, protocol: "http" } },
  // It watches the ConfigMap of the flags: a change needs no restart.
  kubernetesApi: { reads: ["configmaps/feature-flags"] },
  needs: { cpu: "100m", memory: "128Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 2, staging: 20, production: 250 } },
});

export const flagdUi = defineService({
  name: "flagd-ui",
  team: "platform",
  description: "Console of the feature flags",
  tier: "low",
  language: "elixir",
  ports: { http: { port: 4000, protocol: "http" } },
  calls: ["flagd/http"],
  needs: { cpu: "100m", memory: "256Mi", replicas: { development: 1, staging: 1, production: 2 } },
});

export const loadGenerator = defineService({
  name: "load-generator",
  team: "platform",
  description: "Shoppers that are not there",
  tier: "low",
  language: "python",
  // Locust starts the SDK in each of its workers.
  instrumentation: "manual",
  ports: { http: { port: 8089, protocol: "http" } },
  calls: ["frontend-proxy/http", "flagd/grpc"],
  environments: ["development", "staging"],
  needs: { cpu: "500m", memory: "1536Mi", replicas: { development: 1, staging: 2 } },
});
