import type { Platform } from "@plinth/core";
import {
  exampleDevelopment,
  examplePlatform,
  examplePlatformInput,
  exampleProduction,
  exampleQuota,
} from "@plinth/core/testing";

/** Development is open, staging has no exec, and in production only delivery writes. */
export function threeEnvironments(): Platform {
  const { teams, dataStores = [] } = examplePlatformInput();
  const staging = exampleDevelopment({
    name: "staging",
    access: { writers: "developers" },
    network: {
      vpc: ["10.20.0.0/16"],
      services: "172.20.0.0/16",
      clusterDns: "172.20.0.10",
      apiServer: ["10.20.0.0/24"],
    },
  });
  return examplePlatform({
    environments: [exampleDevelopment(), staging, exampleProduction()],
    teams: teams.map((team) => ({
      ...team,
      quotas: Object.fromEntries(["development", "staging", "production"].map((name) => [name, exampleQuota])),
    })),
    dataStores: dataStores.map((store) => ({ ...store, placements: { ...store.placements, staging: "in-cluster" } })),
  });
}
