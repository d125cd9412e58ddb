import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleProduction, exampleTeam } from "@plinth/core/testing";

// A team that runs nothing yet has its namespace, its limits, its permissions and a closed network, and nothing for Argo CD to deliver.
export const shows: readonly string[] = [
  "tenancy",
  "network-baseline",
  "workload-identity",
  "service-network",
  "delivery",
];

const platform: PlatformDefinition = definePlatform({
  name: "team-without-services",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [exampleProduction()],
  teams: [
    exampleTeam("backend", {
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
  services: [],
});

export default platform;
