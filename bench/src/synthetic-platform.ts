import { definePlatform, type PlatformDefinition, type ServiceInput } from "@plinth/core";
import {
  exampleDevelopment,
  examplePlatformInput,
  exampleProduction,
  exampleQuota,
  exampleTeam,
} from "@plinth/core/testing";

const SERVICES_PER_TEAM = 10;

/** A platform of any size: teams of ten services in three environments, each service calling the one before it. */
export function syntheticPlatform(services: number): PlatformDefinition {
  const teams = Array.from({ length: Math.ceil(services / SERVICES_PER_TEAM) }, (_, number) => `team-${number}`);
  const environments = [
    exampleDevelopment(),
    exampleDevelopment({
      name: "staging",
      network: {
        vpc: ["10.20.0.0/16"],
        services: "172.20.0.0/16",
        clusterDns: "172.20.0.10",
        apiServer: ["10.20.0.0/24"],
      },
    }),
    exampleProduction(),
  ];
  return definePlatform({
    ...examplePlatformInput(),
    environments,
    teams: teams.map((name) =>
      exampleTeam(name, { quotas: { development: exampleQuota, staging: exampleQuota, production: exampleQuota } }),
    ),
    dataStores: [],
    services: Array.from(
      { length: services },
      (_, number): ServiceInput => ({
        name: `service-${number}`,
        team: `team-${Math.floor(number / SERVICES_PER_TEAM)}`,
        tier: "high",
        language: "go",
        ports: { grpc: { port: 5050, protocol: "grpc" } },
        calls: number === 0 ? [] : [`service-${number - 1}`],
      }),
    ),
  });
}
