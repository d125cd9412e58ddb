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
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const frontend = defineService({
  name: "frontend",
  team: "frontend",
  description: "The web shop",
  tier: "critical",
  language: "nodejs",
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
  promises: [availability(99.9), latency({ percentile: 95, below: "200ms" })],
});

export const imageProvider = defineService({
  name: "image-provider",
  team: "frontend",
  description: "Product images",
  tier: "low",
  language: "nginx",
  ports: { http: { port: 8081, protocol: "http" } },
});
