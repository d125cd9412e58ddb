import { describe, expect, it } from "vitest";
import { type Finding, formatFinding } from "../finding.ts";
import { examplePlatform, examplePlatformInput, exampleProduction, exampleTeam } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import { definePlatform, defineService } from "./define.ts";
import type { PlatformInput } from "./platform.ts";
import type { ServiceInput } from "./service.ts";

const findingsOf = (input: PlatformInput): readonly Finding[] => buildPlatform(definePlatform(input)).findings;

/** The example's findings after a change to one of its services. */
const withService = (name: string, change: Partial<ServiceInput>): readonly Finding[] => {
  const input = examplePlatformInput();
  return findingsOf({
    ...input,
    services: input.services.map((service) => (service.name === name ? { ...service, ...change } : service)),
  });
};

/** Values that TypeScript refuses, as JavaScript or a catalog can give them. */
const untyped = (value: unknown): PlatformInput => JSON.parse(JSON.stringify(value));

describe("a platform", () => {
  it("is built from a description without findings", () =>
    expect(buildPlatform(definePlatform(examplePlatformInput())).findings).toEqual([]));
  it("is sorted by name", () =>
    expect(examplePlatform().services.map(({ name }) => name)).toEqual(["checkout", "frontend", "mailer"]));
  it("is frozen through and through", () => {
    const platform = examplePlatform();
    expect(Object.isFrozen(platform)).toBe(true);
    expect(Object.isFrozen(platform.services[0]?.ports)).toBe(true);
    expect(Object.isFrozen(platform.teams[0]?.quotas.get("production"))).toBe(true);
  });
  it("fills in what a team does not say", () =>
    expect(examplePlatform().teams[0]).toMatchObject({
      namespace: "team-backend",
      groups: { admins: "backend-admins", developers: "backend-developers", viewers: "backend-viewers" },
    }));
  it("knows where each service was written", () => {
    const checkout = defineService({
      ...examplePlatformInput().services[1],
      name: "checkout",
      team: "backend",
      tier: "low",
      language: "go",
    });
    const { platform } = buildPlatform(definePlatform({ ...examplePlatformInput(), services: [checkout] }), {
      root: import.meta.dirname,
    });
    expect(platform?.services[0]?.source).toMatchObject({ file: "build-platform.test.ts" });
    expect(platform?.services[0]?.source?.line).toBeGreaterThan(30);
  });
});

describe("each mistake is named with its field, what was found, what is expected and an example", () => {
  it("an unknown team", () =>
    expect(withService("mailer", { team: "bakend" })).toMatchObject([
      {
        code: "unknown-reference",
        path: "services[mailer].team",
        message: 'there is no team "bakend"',
        expected: "one of backend, frontend",
        example: '"backend"',
        hint: "did you mean backend?",
      },
    ]));
  it("an unknown dependency", () =>
    expect(withService("frontend", { calls: ["chekout"] })).toMatchObject([
      {
        code: "unknown-reference",
        path: "services[frontend].calls[0]",
        message: 'there is no service "chekout"',
        example: '"checkout"',
      },
    ]));
  it("a port that the target does not offer", () =>
    expect(withService("frontend", { calls: ["checkout/http"] })).toMatchObject([
      {
        path: "services[frontend].calls[0]",
        message: 'checkout offers no port "http"',
        expected: "one of checkout/grpc",
        example: '"checkout/grpc"',
      },
    ]));
  it("a port that is only scraped", () =>
    expect(withService("frontend", { calls: ["checkout/metrics"] })).toMatchObject([
      { message: 'checkout offers no port "metrics"' },
    ]));
  it("a call to a target with several ports that names none", () => {
    const input = examplePlatformInput();
    const services = input.services.map((service) =>
      service.name === "checkout"
        ? {
            ...service,
            ports: { grpc: { port: 1, protocol: "grpc" as const }, http: { port: 2, protocol: "http" as const } },
          }
        : service,
    );
    expect(findingsOf({ ...input, services })).toMatchObject([
      { path: "services[frontend].calls[0]", expected: "one of checkout/grpc, checkout/http" },
    ]);
  });
  it("a call to a service without ports", () =>
    expect(withService("frontend", { calls: ["mailer"] })).toMatchObject([
      { message: "mailer offers no port that can be called" },
    ]));
  it("a call to itself", () =>
    expect(withService("frontend", { calls: ["frontend"] })).toMatchObject([{ code: "conflicting-fields" }]));
  it("a call to a service that does not run where the caller does", () =>
    expect(withService("checkout", { environments: ["development"] })).toMatchObject([
      { path: "services[frontend].calls[0]", message: "frontend runs in production, and checkout does not" },
    ]));
  it("a duplicate service", () => {
    const input = examplePlatformInput();
    expect(
      findingsOf({
        ...input,
        services: [...input.services, { name: "checkout", team: "backend", tier: "low", language: "go" }],
      }),
    ).toMatchObject([
      { code: "duplicate-name", path: "services[checkout].name", expected: "a name that no other service has" },
    ]);
  });
  it("a name that is too long once prefixed", () => {
    const findings = withService("mailer", { name: "m".repeat(44) });
    expect(findings).toMatchObject([{ code: "invalid-field", path: `services[${"m".repeat(44)}].name` }]);
    expect(findings[0]?.message).toContain("has 64 characters");
    expect(findings[0]?.expected).toContain("43 for this name");
  });
  it("a team whose namespace is too long once prefixed", () => {
    const input = examplePlatformInput();
    const name = "t".repeat(60);
    expect(
      findingsOf({
        ...input,
        teams: [...input.teams, exampleTeam(name, { contact: { chat: "#t", email: "t@example.com" } })],
      }),
    ).toMatchObject([{ path: `teams[${name}].name` }]);
  });
  it("a malformed quantity", () => {
    const input = examplePlatformInput();
    const quota = {
      cpu: "20 cores",
      memory: "40Gi",
      storage: "1Ti",
      pods: 1,
      services: 1,
      loadBalancers: 0,
      persistentVolumeClaims: 0,
    };
    const [backend] = input.teams;
    expect(
      findingsOf({
        ...input,
        teams: [
          { ...exampleTeam("backend"), quotas: { ...backend?.quotas, production: quota } },
          exampleTeam("frontend"),
        ],
      }),
    ).toMatchObject([
      {
        path: "teams[backend].quotas.production.cpu",
        message: '"20 cores" is not a Kubernetes quantity',
        example: 'cpu: "40Gi"',
      },
    ]);
  });
  it("networks of two environments that overlap", () => {
    const input = examplePlatformInput();
    const [development] = input.environments;
    if (development === undefined) throw new Error("the example has an environment");
    const production = exampleProduction({
      network: { ...exampleProduction().network, vpc: ["10.0.0.0/8"], apiServer: ["10.0.0.0/24"] },
    });
    expect(findingsOf({ ...input, environments: [development, production] })).toMatchObject([
      {
        code: "conflicting-fields",
        path: "environments[production].network.vpc[0]",
        message: "10.0.0.0/8 overlaps 10.10.0.0/16 of development",
      },
    ]);
  });
  it("Services that overlap the nodes, DNS outside the Services, an API server outside the nodes", () => {
    const input = examplePlatformInput();
    const production = exampleProduction({
      network: {
        vpc: ["10.30.0.0/16"],
        services: "10.30.8.0/22",
        clusterDns: "172.20.0.10",
        apiServer: ["192.0.2.0/24"],
      },
    });
    expect(
      findingsOf({
        ...input,
        environments: [production],
        teams: input.teams.map((team) => ({
          ...team,
          quotas: {
            production: team.quotas["production"] ?? {
              cpu: "1",
              memory: "1",
              storage: "1",
              pods: 1,
              services: 1,
              loadBalancers: 1,
              persistentVolumeClaims: 1,
            },
          },
        })),
        dataStores: [],
        services: [],
      }).map(({ path }) => path),
    ).toEqual([
      "environments[production].network.apiServer[0]",
      "environments[production].network.clusterDns",
      "environments[production].network.services",
    ]);
  });
  it("an environment without a cluster", () => {
    const input = examplePlatformInput();
    const [development] = input.environments;
    const { cluster: _cluster, ...rest } = exampleProduction();
    const [finding] = findingsOf(untyped({ ...input, environments: [development, rest] }));
    expect(finding).toMatchObject({
      code: "invalid-field",
      path: "environments[production].cluster",
      message: "is missing",
    });
    expect(finding?.example).toContain('cluster: { name: "shop-production"');
  });
  it("a field that has a default, or may be left out, as any other", () => {
    const input = examplePlatformInput();
    const [development] = input.environments;
    const windows = [{ schedule: "0 8 * * 1-4", duration: "8h", timeZone: "Europe/Berlim" }];
    const network = { ...exampleProduction().network, nodeLocalDns: "here" };
    const production = exampleProduction({ delivery: { sync: "approval", windows }, network });
    if (development === undefined) throw new Error("the example has an environment");
    expect(findingsOf({ ...input, environments: [development, production] })).toMatchObject([
      {
        path: "environments[production].delivery.windows[0].timeZone",
        expected: "an IANA time zone",
        example: 'timeZone: "Europe/Berlin"',
      },
      {
        path: "environments[production].network.nodeLocalDns",
        expected: "an IPv4 or IPv6 address",
        example: 'nodeLocalDns: "10.0.0.10"',
      },
    ]);
  });
  it("a port whose name is none", () =>
    expect(withService("mailer", { ports: { "HTTP!": { port: 1, protocol: "http" } } })).toMatchObject([
      {
        code: "invalid-field",
        path: "services[mailer].ports.HTTP!",
        message: '"HTTP!" is not a port name',
        expected: "at most 15 lower-case letters, digits and single '-', with at least one letter",
        example: "grpc: …",
      },
    ]));
  it("a field that does not exist", () =>
    expect(
      findingsOf(
        untyped({
          ...examplePlatformInput(),
          services: [{ name: "a", team: "backend", teir: "low", tier: "low", language: "go" }],
        }),
      ),
    ).toMatchObject([{ code: "unknown-field", path: "services[a].teir", hint: "did you mean tier?" }]));
  it("a list that is missing, and one that is none", () =>
    expect(
      findingsOf(untyped({ ...examplePlatformInput(), teams: "backend", services: undefined, dataStores: [] })).map(
        ({ path, message }) => `${path} ${message}`,
      ),
    ).toEqual(expect.arrayContaining(['teams is "backend"', "services is missing"])));
  it("no environment at all", () =>
    expect(
      findingsOf({ ...examplePlatformInput(), environments: [], services: [], dataStores: [], teams: [] }),
    ).toMatchObject([{ path: "environments", message: "is empty" }]));
  it("a quota for an environment that does not exist, and none for one that does", () => {
    const input = examplePlatformInput();
    const quota = {
      cpu: "1",
      memory: "1Gi",
      storage: "1Gi",
      pods: 1,
      services: 1,
      loadBalancers: 0,
      persistentVolumeClaims: 0,
    };
    expect(
      findingsOf({
        ...input,
        teams: [exampleTeam("backend", { quotas: { development: quota, prod: quota } }), exampleTeam("frontend")],
      }).map(({ code, path }) => `${code} ${path}`),
    ).toEqual(["unknown-reference teams[backend].quotas.prod", "invalid-field teams[backend].quotas.production"]);
  });
  it("a group in two places", () => {
    const input = examplePlatformInput();
    expect(
      findingsOf({
        ...input,
        teams: [exampleTeam("backend", { groups: { admins: "platform-admins" } }), exampleTeam("frontend")],
      }),
    ).toMatchObject([{ code: "duplicate-name", path: "teams[backend].groups.admins" }]);
  });
  it("a team in the namespace of a platform component", () => {
    const input = examplePlatformInput();
    expect(
      findingsOf({ ...input, teams: [exampleTeam("backend", { namespace: "monitoring" }), exampleTeam("frontend")] }),
    ).toMatchObject([{ code: "duplicate-name", path: "teams[backend].namespace" }]);
  });
  it("a service with the name of a data store", () =>
    expect(withService("mailer", { name: "events" })).toMatchObject([
      { code: "duplicate-name", path: "services[events].name" },
    ]));
  it("an experimental service that is critical", () =>
    expect(withService("checkout", { lifecycle: "experimental" })).toMatchObject([
      { code: "conflicting-fields", path: "services[checkout].tier" },
    ]));
  it("a topic of a database, and one that a queue does not have", () =>
    expect(
      withService("mailer", { consumes: ["orders-db/orders", "events/returns"] }).map(({ message }) => message),
    ).toEqual(["orders-db is a postgresql, which has no topics", 'events has no topic "returns"']));
  it("a public port that does not exist, or that no gateway speaks", () => {
    expect(withService("frontend", { publicPort: "grpc" })).toMatchObject([
      { path: "services[frontend].publicPort", example: 'publicPort: "http"' },
    ]);
    expect(withService("checkout", { publicPort: "metrics" })).toMatchObject([
      { message: "the gateway cannot reach a prometheus port" },
    ]);
  });
  it("two ports with one number", () =>
    expect(
      withService("mailer", { ports: { a: { port: 1, protocol: "http" }, b: { port: 1, protocol: "http" } } }),
    ).toMatchObject([{ path: "services[mailer].ports.b.port" }]));
  it("two promises with one name", () =>
    expect(
      withService("frontend", {
        promises: [
          { kind: "availability", objective: 99 },
          { kind: "availability", objective: 99.9 },
        ],
      }),
    ).toMatchObject([{ code: "duplicate-name", path: "services[frontend].promises[1].name" }]));
  it("an objective of 100 %, which leaves no budget", () =>
    expect(withService("frontend", { promises: [{ kind: "availability", objective: 100 }] })).toMatchObject([
      { path: "services[frontend].promises[0].objective" },
    ]));
  it("an API of a port that does not exist", () =>
    expect(
      findingsOf({
        ...examplePlatformInput(),
        apis: [{ name: "checkout-api", service: "checkout", port: "http", kind: "openapi" }],
      }),
    ).toMatchObject([{ path: "apis[checkout-api].port" }]));
});

describe("all mistakes come at once", () => {
  it("of the head, of entries, and of how they fit together", () => {
    const input = examplePlatformInput();
    const findings = findingsOf(
      untyped({
        ...input,
        name: "Shop!",
        services: [
          ...input.services,
          { name: "broken" },
          { name: "lost", team: "nobody", tier: "low", language: "go" },
        ],
      }),
    );
    expect(findings.map(({ path }) => path)).toEqual([
      "name",
      "services[broken].language",
      "services[broken].team",
      "services[broken].tier",
      "services[lost].team",
    ]);
  });
  it("and a mistake in one entry is not reported again where others refer to it", () => {
    const input = examplePlatformInput();
    const services = input.services.map((service) =>
      service.name === "checkout" ? { ...service, tier: "urgent" } : service,
    );
    expect(findingsOf(untyped({ ...input, services })).map(({ path }) => path)).toEqual(["services[checkout].tier"]);
  });
  it("whatever the definition is", () => {
    for (const input of [
      null,
      undefined,
      1,
      "x",
      [],
      { services: [null, 1, "x", []] },
      { environments: [{ name: 1 }] },
    ]) {
      const { platform, findings } = buildPlatform({ kind: "PlatformDefinition", input: untyped(input ?? null) });
      expect(platform).toBeUndefined();
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings) expect(formatFinding(finding)).toContain("expected");
    }
  });
});
