import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleDevelopment, exampleProduction, exampleTeam } from "@plinth/core/testing";

// Two networks for one model: no mesh on the VPC CNI, and Istio's ambient mode on Cilium with hosts known by name.
export const shows: readonly string[] = ["service-network", "network-baseline", "platform-network", "network-review"];

const production = exampleProduction();

const platform: PlatformDefinition = definePlatform({
  name: "ambient-mesh",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [
    exampleDevelopment(),
    {
      ...production,
      network: { ...production.network, cni: "cilium", mesh: "istio-ambient", additionalPolicies: ["cilium"] },
    },
  ],
  teams: [exampleTeam("backend"), exampleTeam("frontend")],
  services: [
    {
      name: "web",
      team: "frontend",
      tier: "high",
      language: "nodejs",
      ports: { http: { port: 8080, protocol: "http" } },
      publicPort: "http",
      calls: ["booking"],
    },
    {
      name: "booking",
      team: "backend",
      tier: "high",
      language: "go",
      ports: { grpc: { port: 5050, protocol: "grpc" }, metrics: { port: 9464, protocol: "prometheus" } },
      cloudRole: "shop-booking",
      kubernetesApi: { leaderElection: true },
      external: [{ host: "api.payments.example.net", port: 443, cidrs: "any-public" }],
    },
  ],
  components: [
    {
      name: "istio-ingress",
      namespace: "istio-system",
      podLabels: { istio: "ingress" },
      ports: { http: 8080, https: 8443 },
      roles: ["ingress-gateway"],
    },
    { name: "istiod", namespace: "istio-system", podLabels: { app: "istiod" } },
    { name: "ztunnel", namespace: "istio-system", podLabels: { app: "ztunnel" } },
    { name: "prometheus", namespace: "monitoring", ports: { web: 9090 }, roles: ["metrics-scraper"] },
  ],
});

export default platform;
