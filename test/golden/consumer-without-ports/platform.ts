import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleProduction, exampleTeam } from "@plinth/core/testing";

// A service that only reads a queue: nothing may call it, it may reach its queue, and its promise is about the messages that it handles.
export const shows: readonly string[] = ["service-network", "service-level-objectives"];

const platform: PlatformDefinition = definePlatform({
  name: "consumer",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [exampleProduction()],
  teams: [
    exampleTeam("ml", {
      quotas: {
        production: {
          cpu: "4",
          memory: "8Gi",
          storage: "50Gi",
          pods: 20,
          services: 5,
          loadBalancers: 0,
          persistentVolumeClaims: 5,
        },
      },
    }),
  ],
  services: [{ name: "fraud-detection", team: "ml", tier: "high", language: "kotlin", consumes: ["kafka/orders"] }],
  dataStores: [
    {
      name: "kafka",
      team: "ml",
      engine: "kafka",
      port: 9092,
      topics: ["orders"],
      placements: { production: { cidrs: ["10.30.66.0/24"] } },
    },
  ],
});

export default platform;
