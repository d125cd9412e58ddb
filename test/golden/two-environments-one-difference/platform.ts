import { definePlatform, type PlatformDefinition } from "@plinth/core";
import { exampleDevelopment, exampleQuota, exampleTeam } from "@plinth/core/testing";

// Two environments that differ in the memory of one team: one line of one file differs below the overlays.
const large = { ...exampleQuota, memory: "80Gi" };

export const shows: readonly string[] = ["tenancy"];

const platform: PlatformDefinition = definePlatform({
  name: "two-environments",
  domain: "shop.example.com",
  repository: { url: "https://git.example.com/shop/platform" },
  environments: [
    exampleDevelopment({ name: "one" }),
    exampleDevelopment({
      name: "two",
      network: {
        vpc: ["10.11.0.0/16"],
        services: "172.20.0.0/16",
        clusterDns: "172.20.0.10",
        apiServer: ["10.11.0.0/24"],
      },
    }),
  ],
  teams: [exampleTeam("backend", { quotas: { one: exampleQuota, two: large } })],
  services: [],
});

export default platform;
