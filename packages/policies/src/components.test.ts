import {
  type EnvironmentInput,
  type Plan,
  type Platform,
  type PlatformComponentInput,
  type PlatformInput,
  plan,
  type Resource,
  type ServiceInput,
} from "@plinth/core";
import {
  exampleDevelopment,
  examplePlatform,
  examplePlatformInput,
  exampleProduction,
  exampleTeam,
} from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { networkComponents } from "./network/network-components.ts";
import { protectedNamespaces } from "./platform-network/protected-namespaces.ts";
import { clusterOf } from "./reachability/cluster-of.ts";
import { type Connection, describeConnection, type Endpoint } from "./reachability/connection.ts";
import { compareConnections } from "./reachability/connection-set.ts";
import { connections } from "./reachability/connections.ts";
import { declaredConnections } from "./reachability/declared-connections.ts";

// A platform is rendered once, whichever of its environments is looked at.
const plans = new WeakMap<Platform, Plan>();

function planOf(platform: Platform): Plan {
  const known = plans.get(platform) ?? plan(platform, networkComponents);
  plans.set(platform, known);
  return known;
}

function renderedIn(platform: Platform, environment: string): readonly Resource[] {
  const { files, findings } = planOf(platform);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  return files.flatMap(({ entry, resource }) =>
    [undefined, environment].includes(entry.environment) && resource !== undefined ? [resource] : [],
  );
}

/** What the rendered policies allow from and to the namespaces of teams and of the platform. */
function allowedIn(platform: Platform, environment: Platform["environments"][number]): readonly Connection[] {
  const names = protectedNamespaces(platform);
  const isProtected = (endpoint: Endpoint): boolean => endpoint.kind === "workload" && names.has(endpoint.namespace);
  return connections(clusterOf(platform, environment), renderedIn(platform, environment.name)).filter(
    ({ source, destination }) => isProtected(source) || isProtected(destination),
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

/** The example's components, and those of a larger platform: in the cluster, in the node's network, unknown to the catalogue. */
const components: readonly PlatformComponentInput[] = [
  ...(examplePlatformInput().components ?? []).map(
    (component): PlatformComponentInput =>
      component.name === "argocd"
        ? { ...component, connects: [{ host: "git.example.com", port: 443, cidrs: ["192.0.2.0/24"] }] }
        : component,
  ),
  { name: "istiod", namespace: "istio-system", podLabels: { app: "istiod" } },
  { name: "ztunnel", namespace: "istio-system", podLabels: { app: "ztunnel" } },
  {
    name: "istio-egress",
    namespace: "istio-system",
    podLabels: { istio: "egress" },
    ports: { http: 8080, https: 8443 },
    roles: ["egress-gateway"],
  },
];
const others: readonly PlatformComponentInput[] = [
  { name: "cert-manager", namespace: "cert-manager" },
  { name: "cert-manager-webhook", namespace: "cert-manager", ports: { webhook: 10260 } },
  { name: "loki", namespace: "monitoring" },
  { name: "node-exporter", namespace: "monitoring", hostNetwork: true },
  {
    name: "host-operator",
    namespace: "operators",
    software: "kubernetes-operator",
    hostNetwork: true,
    connects: ["grafana/http"],
  },
  { name: "cache", namespace: "caches", software: "server", ports: { valkey: 6379, metrics: 9121 } },
  {
    name: "own-operator",
    namespace: "operators",
    ports: { api: 8000, metrics: 8001 },
    connects: ["grafana/http", "coredns/metrics", { host: "api.example.net", port: 8443, cidrs: "any-public" }],
  },
  { name: "karpenter", namespace: "kube-system", ports: { metrics: 8080 }, connects: ["grafana/http"] },
];

const drawnNetwork = fc.record({
  cni: fc.constantFrom("vpc-cni", "vpc-cni-strict", "cilium", "calico"),
  mesh: fc.constantFrom("none", "istio-sidecar", "istio-ambient"),
  tokenService: fc.constantFrom<string[][]>([], ["10.99.0.0/28"]),
  named: fc.boolean(),
  nodeLocalDns: fc.boolean(),
  workloadIdentity: fc.constantFrom("irsa", "pod-identity"),
});

type DrawnNetwork = typeof drawnNetwork extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The example's environments, each on a network of any kind. */
const drawnEnvironments: fc.Arbitrary<EnvironmentInput[]> = fc.tuple(
  drawnNetwork.map((drawn) => onNetwork(exampleDevelopment(), drawn)),
  drawnNetwork.map((drawn) => onNetwork(exampleProduction(), drawn)),
);

function onNetwork(
  environment: EnvironmentInput,
  { cni, mesh, named, nodeLocalDns, tokenService, workloadIdentity }: DrawnNetwork,
): EnvironmentInput {
  const { vpc, services, clusterDns, apiServer } = environment.network;
  return {
    ...environment,
    cluster: { ...environment.cluster, workloadIdentity },
    network: {
      ...{ vpc, services, clusterDns, apiServer, cni, mesh, tokenService },
      ...(nodeLocalDns ? { nodeLocalDns: "169.254.20.10" } : {}),
      additionalPolicies: named
        ? cni === "cilium"
          ? ["cilium", "cluster-network-policy"]
          : ["cluster-network-policy"]
        : [],
    },
  };
}

const drawnService = fc.record({
  team: fc.constantFrom("backend", "data", "frontend"),
  ports: fc.subarray(["http", "grpc", "metrics"] as const),
  calls: fc.array(fc.nat(20), { maxLength: 4 }),
  stores: fc.subarray(["orders-db"]),
  produces: fc.subarray(["events/orders"]),
  consumes: fc.subarray(["events/orders"]),
  external: fc.subarray([
    { host: "anywhere.example.net", port: 443, cidrs: "any-public" as const },
    { host: "block.example.net", port: 443, cidrs: ["203.0.113.0/24", "198.51.100.0/24"] },
    { host: "wide.example.net", port: 8443, cidrs: ["128.0.0.0/3", "203.0.112.0/20"] },
    { host: "gateway.example.net", port: 443 },
    { host: "plain.example.net", port: 80 },
    { host: "link-local.example.net", port: 80, cidrs: ["169.254.0.0/16"] },
  ]),
  isPublic: fc.boolean(),
  kubernetesApi: fc.constantFrom(undefined, {}),
  cloudRole: fc.constantFrom(undefined, "checkout"),
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

const drawnPlatform: fc.Arbitrary<Platform> = fc
  .tuple(drawnServices, drawnEnvironments, fc.subarray([...others]))
  .map(([services, environments, installed]) =>
    examplePlatform({
      teams,
      services: reachable(services, environments),
      environments,
      components: [...components, ...installed],
    }),
  );

/** Only a mesh leads to a host without addresses, so that a service has none where it runs without one. */
function reachable(services: readonly ServiceInput[], environments: readonly EnvironmentInput[]): ServiceInput[] {
  const meshed = environments.every(({ network: { mesh = "none" } }) => mesh !== "none");
  return services.map((service) => ({
    ...service,
    external: (service.external ?? []).filter(({ cidrs = [] }) => meshed || cidrs.length > 0),
  }));
}

const example = (changes: Partial<PlatformInput> = {}): Platform =>
  examplePlatform({ components: [...components], ...changes });

describe("what the rendered policies allow", () => {
  test("is what the example platform declares, in each environment, no more and no less", () => {
    expectExactlyDeclared(example());
    expect(
      declaredConnections(example(), platformEnvironment(example(), "production")).map(describeConnection),
    ).toContain("team-backend/checkout → 10.30.64.0-10.30.79.255 TCP 5432");
  });

  test.each(["none", "istio-sidecar", "istio-ambient"] as const)(
    "is what is declared on IPv6, with the mesh %s",
    (mesh) => {
      const network = { services: "fd30:1::/108", clusterDns: "fd30:1::a", mesh } as const;
      expectExactlyDeclared(
        example({
          services: (examplePlatformInput().services ?? []).map((service) => ({
            ...service,
            kubernetesApi: {},
            cloudRole: "own",
          })),
          environments: [
            {
              ...exampleDevelopment(),
              network: { ...network, vpc: ["2001:db8:10::/56"], apiServer: ["2001:db8:10::/64"] },
            },
            {
              ...exampleProduction(),
              cluster: { ...exampleProduction().cluster, workloadIdentity: "pod-identity" },
              network: { ...network, vpc: ["2001:db8:30::/56"], apiServer: ["2001:db8:30::/64"] },
            },
          ],
        }),
      );
    },
  );

  test.each(["none", "istio-sidecar", "istio-ambient"] as const)(
    "is what is declared with everything that services meet in the nodes' network, with the mesh %s",
    (mesh) => {
      const onNodes = [
        "otel-agent",
        "otel-cluster",
        "otel-gateway",
        "prometheus",
        "istio-ingress",
        "istio-egress",
        "coredns",
        "istiod",
      ];
      const environments = [exampleDevelopment(), exampleProduction()].map((environment) => ({
        ...environment,
        network: { ...environment.network, mesh },
      }));
      expectExactlyDeclared(
        example({
          environments,
          components: [...components, ...others].map((component) => ({
            ...component,
            hostNetwork: onNodes.includes(component.name) || (component.hostNetwork ?? false),
          })),
        }),
      );
    },
  );

  test("is what any platform declares, no more and no less", () => {
    fc.assert(fc.property(drawnPlatform, expectExactlyDeclared), { numRuns: 30 });
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
      { numRuns: 15 },
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
        for (const environment of example().environments) {
          const before = allowedIn(example(), environment);
          const after = allowedIn(example({ services: without }), environment);
          expect(compareConnections(before, after)).toMatchObject({
            opened: [],
            closed: [{ source: { name: service.name }, destination: { name: call.split("/")[0] } }],
          });
        }
      }
    }
  });
});

describe("taking away", () => {
  const input = examplePlatformInput();
  const changes = input.services.flatMap((service) => [
    ...(service.stores ?? []).map((store) => ({ service, what: store, without: { stores: [] } })),
    ...(service.produces ?? []).map((topic) => ({ service, what: topic, without: { produces: [] } })),
    ...(service.consumes ?? []).map((topic) => ({ service, what: topic, without: { consumes: [] } })),
    ...(service.external ?? []).map(({ host }) => ({ service, what: host, without: { external: [] } })),
  ]);

  test.each(changes)("$what from $service.name closes what it opened, and nothing else", ({ service, without }) => {
    const services = input.services.map((other) => (other === service ? { ...service, ...without } : other));
    const [before, after] = [example(), example({ services })];
    for (const environment of before.environments) {
      const changed = compareConnections(allowedIn(before, environment), allowedIn(after, environment));
      expect(changed.opened).toEqual([]);
      expect(changed.closed).toHaveLength(1);
      expect(changed.closed).toMatchObject([{ source: { name: service.name } }]);
    }
  });

  test.each(others.flatMap(({ name, connects = [] }) => connects.map((connection) => ({ name, connection }))))(
    "a connection of the component $name closes that alone",
    ({ name, connection }) => {
      const installed = [...components, ...others];
      const without = installed.map((component) =>
        component.name === name
          ? {
              ...component,
              // Without any connection an unknown component would be cut off.
              connects: [...(component.connects ?? []).filter((other) => other !== connection), "coredns/dns"],
            }
          : component,
      );
      const before = example({ components: installed });
      const after = example({ components: without });
      for (const environment of before.environments) {
        const { opened, closed } = compareConnections(allowedIn(before, environment), allowedIn(after, environment));
        expect(opened.filter(({ destination }) => "name" in destination && destination.name !== "coredns")).toEqual([]);
        for (const { source, port } of closed) {
          // In the node's network it has the node's address.
          if (name !== "host-operator") expect(source).toMatchObject({ name });
          expect([3000, 9153, 8443]).toContain(port);
        }
        expect(closed).not.toEqual([]);
      }
    },
  );
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
