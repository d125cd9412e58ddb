import {
  buildPlatform,
  type DataStoreInput,
  definePlatform,
  type Platform,
  plan,
  type ServiceInput,
} from "@plinth/core";
import { exampleDevelopment, examplePlatformInput, exampleProduction, exampleTeam } from "@plinth/core/testing";
import {
  canonicalConnections,
  clusterOf,
  compareConnections,
  connections,
  declaredConnections,
  policyComponents,
} from "@plinth/policies";

// How long the evaluator of network policies takes, phase by phase. Usage: node bench/src/reachability.ts [services] [runs]
const [services = 1000, runs = 5] = process.argv.slice(2).map(Number);

const SERVICES_PER_TEAM = 10;

/** Services with five dependencies each: three calls, a data store, and an external host at a block of its own or at any public address. */
function connectedPlatform(count: number): Platform {
  const teams = Array.from({ length: Math.ceil(count / SERVICES_PER_TEAM) }, (_, team) => `team-${team}`);
  const { platform, findings } = buildPlatform(
    definePlatform({
      ...examplePlatformInput(),
      environments: [exampleDevelopment(), exampleProduction()],
      teams: teams.map((name) => exampleTeam(name)),
      dataStores: teams.map(
        (team, number): DataStoreInput => ({
          name: `store-${number}`,
          team,
          engine: "postgresql",
          port: 5432,
          placements: { development: "in-cluster", production: { cidrs: [`10.31.${number % 250}.0/24`] } },
        }),
      ),
      services: Array.from({ length: count }, (_, number) => connectedService(number)),
    }),
  );
  if (platform === undefined) throw new Error(JSON.stringify(findings.slice(0, 5)));
  return platform;
}

function connectedService(number: number): ServiceInput {
  const team = Math.floor(number / SERVICES_PER_TEAM);
  // Strides that have no common divisor spread the calls over all teams; only earlier services are called, so that there is no cycle.
  const called = new Set([1, 7, 113].map((stride) => number - stride).filter((target) => target >= 0));
  return {
    name: `service-${number}`,
    team: `team-${team}`,
    tier: "high",
    language: "go",
    ports: { grpc: { port: 5050, protocol: "grpc" }, metrics: { port: 9464, protocol: "prometheus" } },
    calls: [...called].map((target) => `service-${target}`),
    stores: [`store-${team}`],
    external: [
      number % 3 === 0
        ? { host: `api-${number}.example.net`, port: 443, cidrs: "any-public" }
        : { host: `api-${number}.example.net`, port: 443, cidrs: [`203.0.${number % 250}.0/24`] },
    ],
  };
}

const platform = connectedPlatform(services);
const components = policyComponents.filter(({ name }) => name !== "admission-policies");
const { files } = plan(platform, components);
for (const environment of platform.environments) {
  const resources = files.flatMap(({ entry, resource }) =>
    resource !== undefined && (entry.environment ?? environment.name) === environment.name ? [resource] : [],
  );
  const cluster = clusterOf(platform, environment);
  const found = connections(cluster, resources);
  process.stdout.write(
    `\n${services} services in ${environment.name}: ${resources.length} policies, ${cluster.workloads.length} workloads, ${found.length} connections\n`,
  );
  row("connections", () => connections(cluster, resources));
  row("canonicalConnections", () => canonicalConnections(found));
  row("declaredConnections", () => declaredConnections(platform, environment));
  const declared = declaredConnections(platform, environment);
  row("compareConnections", () => compareConnections(declared, found));
}

/** The best run: machines are noisy, and only ever slower. */
function row(name: string, run: () => unknown): void {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  process.stdout.write(
    `  ${name.padEnd(24)}${Math.min(...times)
      .toFixed(0)
      .padStart(6)} ms\n`,
  );
}
