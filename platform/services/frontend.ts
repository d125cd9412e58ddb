import { defineService } from "@plinth/core";
import { availability, latency } from "@plinth/slo";

export const frontendProxy = defineService({
  name: "frontend-proxy",
  team: "frontend",
  description: "Entry of the shop: routes to the web front end, images and the flag console",
  tier: "critical",
  language: "envoy",
  ports: { http: { port: 8080, protocol: "http" }, admin: { port: 10000, protocol: "http" } },
  publicPort: "http",
  calls: ["frontend", "image-provider", "flagd-ui"],
  needs: { cpu: "200m", memory: "128Mi", replicas: { development: 1, staging: 2, production: 6 } },
  traffic: { requestsPerSecond: { development: 4, staging: 40, production: 500 } },
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const frontend = defineService({
  name: "frontend",
  team: "frontend",
  description: "The web shop",
  tier: "critical",
  language: "nodejs",
  // Next.js loads the SDK by its own hook.
  instrumentation: "manual",
  ports: { http: { port: 8080, protocol: "http" } },
  calls: [
    "ad",
    "cart",
    "checkout",
    "currency",
    "product-catalog",
    "recommendation",
    "shipping",
    "image-provider",
    "flagd/grpc",
  ],
  needs: { cpu: "250m", memory: "512Mi", replicas: { development: 1, staging: 3, production: 10 } },
  traffic: { requestsPerSecond: { development: 3, staging: 30, production: 350 } },
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const imageProvider = defineService({
  name: "image-provider",
  team: "frontend",
  description: "Product images",
  tier: "low",
  language: "nginx",
  ports: { http: { port: 8081, protocol: "http" } },
  needs: { cpu: "50m", memory: "128Mi", replicas: { development: 1, staging: 1, production: 2 } },
  traffic: { requestsPerSecond: { development: 2, staging: 20, production: 250 } },
});
