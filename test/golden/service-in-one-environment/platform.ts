import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleDevelopment, exampleProduction, exampleTeam } from "@plinth/core/testing";

// A load generator that production never sees: no file of it there, and no rule at its target that would let it in.
export const shows: readonly string[] = ["service-network", "workload-identity", "delivery"];

const platform: PlatformDefinition = definePlatform({
  name: "one-environment",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [exampleDevelopment(), exampleProduction()],
  teams: [exampleTeam("platform", { groups: { admins: "team-admins", viewers: "team-viewers" } })],
  services: [
    { name: "web", team: "platform", tier: "high", language: "go", ports: { http: { port: 8080, protocol: "http" } } },
    {
      name: "load-generator",
      team: "platform",
      tier: "low",
      language: "python",
      calls: ["web"],
      environments: ["development"],
    },
  ],
});

export default platform;
