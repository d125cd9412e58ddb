import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleDevelopment, exampleProduction, exampleTeam } from "@plinth/core/testing";

// A database that runs in the cluster in development and is managed in production: pods in one, addresses in the other.
export const shows: readonly string[] = ["service-network", "network-baseline"];

const platform: PlatformDefinition = definePlatform({
  name: "data-store",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [exampleDevelopment(), exampleProduction()],
  teams: [exampleTeam("backend"), exampleTeam("data")],
  services: [{ name: "catalog", team: "backend", tier: "high", language: "go", stores: ["catalog-db"] }],
  dataStores: [
    {
      name: "catalog-db",
      team: "data",
      engine: "postgresql",
      port: 5432,
      placements: { development: "in-cluster", production: { cidrs: ["10.30.64.0/24"] } },
    },
  ],
});

export default platform;
