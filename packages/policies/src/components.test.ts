import { type Platform, type PlatformInput, plan, type Resource, type ServiceInput } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policyComponents } from "./components.ts";
import { clusterOf } from "./reachability/cluster-of.ts";
import { type Connection, describeConnection, type Endpoint } from "./reachability/connection.ts";
import { compareConnections } from "./reachability/connection-set.ts";
import { connections } from "./reachability/connections.ts";
import { declaredConnections } from "./reachability/declared-connections.ts";

// The policies of admission allow no connection, and take the most time to render.
const networkComponents = policyComponents.filter(({ name }) => name !== "admission-policies");

function renderedIn(platform: Platform, environment: string): readonly Resource[] {
  const { files, findings } = plan(platform, networkComponents);
  expect(findings).toEqual([]);
  return files.flatMap(({ entry, resource }) =>
    entry.environment === environment && resource !== undefined ? [resource] : [],
  );
}

/** What the rendered policies allow from and to the namespaces of teams. */
function allowedIn(platform: Platform, environment: Platform["environments"][number]): readonly Connection[] {
  const teams = new Set(platform.teams.map(({ namespace }) => String(namespace)));
  const ofTeam = (endpoint: Endpoint): boolean => endpoint.kind === "workload" && teams.has(endpoint.namespace);
  return connections(clusterOf(platform, environment), renderedIn(platform, environment.name)).filter(
    ({ source, destination }) => ofTeam(source) || ofTeam(destination),
  );
}

function expectExactlyDeclared(platform: Platform): void {
  for (const environment of platform.environments) {
    expect(allowedIn(platform, environment).map(describeConnection)).toEqual(
      declaredConnections(platform, environment).map(describeConnection),
    );
  }
}

const teams = ["backend", "data", "frontend"].map((name) => exampleTeam(name));

const drawnService = fc.record({
  team: fc.constantFrom("backend", "data", "frontend"),
  ports: fc.subarray(["http", "grpc", "metrics"] as const),
  calls: fc.array(fc.nat(20), { maxLength: 4 }),
  stores: fc.subarray(["orders-db"]),
  produces: fc.subarray(["events/orders"]),
  consumes: fc.subarray(["events/orders"]),
  external: fc.subarray([
    { host: "anywhere.example.net", port: 443 },
    { host: "block.example.net", port: 443, cidrs: ["203.0.113.0/24", "198.51.100.0/24"] },
    { host: "wide.example.net", port: 8443, cidrs: ["128.0.0.0/3", "203.0.112.0/20"] },
    { host: "link-local.example.net", port: 80, cidrs: ["169.254.0.0/16"] },
  ]),
  isPublic: fc.boolean(),
  usesKubernetesApi: fc.boolean(),
  environments: fc.constantFrom<string[][]>(["development", "production"], ["development"], ["production"]),
});

const containerPorts = { http: 8080, grpc: 5050, metrics: 9464 } as const;

/** Services of any team, with any mix of needs; each calls some of those before it that run where it does. */
const drawnServices: fc.Arbitrary<ServiceInput[]> = fc.array(drawnService, { maxLength: 8 }).map((drawn) => {
  const services: ServiceInput[] = [];
  for (const { ports, calls, isPublic, ...rest } of drawn) {
    const callable = services
      .filter(({ environments = [] }) => rest.environments.every((environment) => environments.includes(environment)))
      .flatMap(({ name, ports: offered = {} }) => Object.keys(offered).map((port) => `${name}/${port}`))
      .filter((call) => !call.endsWith("/metrics"));
    const called = calls.flatMap((call) => (callable.length === 0 ? [] : (callable[call % callable.length] ?? [])));
    const publicPort = ports.find((port) => port !== "metrics");
    services.push({
      ...rest,
      name: `service-${services.length}`,
      tier: "low",
      language: "go",
      ports: Object.fromEntries(
        ports.map((port) => [port, { port: containerPorts[port], protocol: port === "metrics" ? "prometheus" : port }]),
      ),
      calls: [...new Set(called)],
      ...(isPublic && publicPort !== undefined ? { publicPort } : {}),
    });
  }
  return services;
});

const drawnPlatform: fc.Arbitrary<Platform> = drawnServices.map((services) => examplePlatform({ teams, services }));

describe("what the rendered policies allow", () => {
  test("is what the example platform declares, in each environment, no more and no less", () => {
    expectExactlyDeclared(examplePlatform());
    expect(
      declaredConnections(examplePlatform(), platformEnvironment(examplePlatform(), "production")).map(
        describeConnection,
      ),
    ).toContain("team-backend/checkout → 10.30.64.0-10.30.79.255 TCP 5432");
  });

  test("is what any platform declares, no more and no less", () => {
    fc.assert(fc.property(drawnPlatform, expectExactlyDeclared), { numRuns: 40 });
  });

  test("never reaches the metadata service of the cloud", () => {
    fc.assert(
      fc.property(drawnPlatform, (platform) => {
        for (const environment of platform.environments) {
          for (const { destination } of allowedIn(platform, environment)) {
            if (destination.kind === "addresses") expect(holds(destination, "169.254.169.254")).toBe(false);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test("loses exactly the connections of a call when the call is taken away, at both ends", () => {
    const input = examplePlatformInput();
    for (const service of input.services) {
      for (const call of service.calls ?? []) {
        const without: PlatformInput["services"] = input.services.map((candidate) =>
          candidate === service
            ? { ...service, calls: (service.calls ?? []).filter((other) => other !== call) }
            : candidate,
        );
        for (const environment of examplePlatform().environments) {
          const before = allowedIn(examplePlatform(), environment);
          const after = allowedIn(examplePlatform({ services: without }), environment);
          expect(compareConnections(before, after)).toMatchObject({
            opened: [],
            closed: [{ source: { name: service.name }, destination: { name: call.split("/")[0] } }],
          });
        }
      }
    }
  });
});

function platformEnvironment(platform: Platform, name: string): Platform["environments"][number] {
  const environment = platform.environments.find((candidate) => candidate.name === name);
  if (environment === undefined) throw new Error(`there is no environment ${name}`);
  return environment;
}

function holds({ first, last }: { first: string; last: string }, address: string): boolean {
  const number = (text: string): number => text.split(".").reduce((value, part) => value * 256 + Number(part), 0);
  return number(first) <= number(address) && number(address) <= number(last);
}
