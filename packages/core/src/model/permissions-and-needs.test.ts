import { describe, expect, it } from "vitest";
import type { Finding } from "../finding.ts";
import { examplePlatform, examplePlatformInput, exampleProduction, exampleTeam } from "../testing.ts";
import type { BreakGlassInput } from "./break-glass.ts";
import { buildPlatform } from "./build-platform.ts";
import { defineAcceptedRisk, defineBreakGlass, definePlatform } from "./define.ts";
import { environmentNamed, needsIn, serviceNamed } from "./dependencies.ts";
import type { PlatformInput } from "./platform.ts";
import type { ServiceInput } from "./service.ts";

const findingsOf = (changes: Partial<PlatformInput>): readonly Finding[] =>
  buildPlatform(definePlatform({ ...examplePlatformInput(), ...changes })).findings;

const withServices = (changes: Readonly<Record<string, Partial<ServiceInput>>>): PlatformInput["services"] =>
  examplePlatformInput().services.map((service) => ({ ...service, ...changes[service.name] }));

const incident: BreakGlassInput = {
  name: "payment-incident",
  group: "backend-on-call",
  role: "namespace-admin",
  environment: "production",
  team: "backend",
  because: "Orders fail until the processor's new endpoint is configured.",
  ticket: "INC-4711",
  approvedBy: "platform",
  until: "2026-12-31",
};

describe("a break-glass permission", () => {
  it("names where it holds, why, who approved it, and its last day", () => {
    const platform = examplePlatform({ breakGlass: [defineBreakGlass(incident)] });
    expect(platform.breakGlass).toMatchObject([incident]);
    expect(platform.breakGlass[0]?.source?.file).toContain("permissions-and-needs.test.ts");
  });
  it("holds in an environment and for a team that exist", () =>
    expect(findingsOf({ breakGlass: [{ ...incident, environment: "prodution", team: "bakend" }] })).toMatchObject([
      { code: "unknown-reference", path: "breakGlass[payment-incident].environment", hint: "did you mean production?" },
      { code: "unknown-reference", path: "breakGlass[payment-incident].team", hint: "did you mean backend?" },
    ]));
  it("is not for a group that people are in every day", () =>
    expect(findingsOf({ breakGlass: [{ ...incident, group: "backend-admins" }] })).toMatchObject([
      {
        code: "duplicate-name",
        path: "breakGlass[payment-incident].group",
        message: expect.stringContaining("teams[backend].groups.admins"),
      },
    ]));
  it("ends on a day that the calendar has", () => {
    for (const until of ["2026-02-30", "31.12.2026", "2026-13-01", "tomorrow"])
      expect(findingsOf({ breakGlass: [{ ...incident, until }] }), until).toMatchObject([
        { code: "invalid-field", path: "breakGlass[payment-incident].until", example: 'until: "2027-03-31"' },
      ]);
  });
});

describe("an accepted risk", () => {
  it("says which risk of which role, why, and who decided", () => {
    const accepted = defineAcceptedRisk({
      name: "developers-run-code",
      risk: "create-workloads",
      role: "namespace-developer",
      because: "Shipping is what developers are there for.",
      approvedBy: "security",
    });
    expect(examplePlatform({ acceptedRisks: [accepted] }).acceptedRisks).toMatchObject([accepted]);
  });
});

describe("what a service asks of the API server", () => {
  it("is nothing unless it says so", () => expect(examplePlatform().services[0]?.kubernetesApi).toBeUndefined());
  it("is read as kinds and names", () => {
    const services = withServices({ checkout: { kubernetesApi: { reads: ["configmaps/flags", "endpointslices"] } } });
    expect(serviceNamed(examplePlatform({ services }), "checkout").kubernetesApi).toEqual({
      reads: [{ kind: "configmaps", name: "flags" }, { kind: "endpointslices" }],
      leaderElection: false,
    });
  });
  it("is never every Secret, a kind that no service reads, or no name", () => {
    for (const [read, message] of [
      ["secrets", "every Secret"],
      ["deployments", '"deployments" is nothing that a service may read'],
      ["configmaps/", "names no object"],
      ["configmaps/a/b", "names no object"],
      ["configmaps/A", "names no object"],
    ] as const)
      expect(findingsOf({ services: withServices({ checkout: { kubernetesApi: { reads: [read] } } }) })).toMatchObject([
        {
          code: "invalid-field",
          path: "services[checkout].kubernetesApi.reads[0]",
          message: expect.stringContaining(message),
        },
      ]);
  });
});

describe("what a service needs", () => {
  it("is so many pods of a size, everywhere or by environment", () => {
    const size = { cpu: "100m", memory: "256Mi" };
    const services = withServices({
      checkout: { needs: { ...size, replicas: { development: 1, production: 3 } } },
      frontend: { needs: size },
    });
    const platform = examplePlatform({ services });
    const needs = (service: string, environment: string): unknown =>
      needsIn(serviceNamed(platform, service), environmentNamed(platform, environment));
    expect(needs("checkout", "development")).toEqual({ ...size, replicas: 1 });
    expect(needs("checkout", "production")).toEqual({ ...size, replicas: 3 });
    expect(needs("frontend", "production")).toEqual({ ...size, replicas: 1 });
    expect(needs("mailer", "production")).toBeUndefined();
  });
  it("names every environment that it runs in, and no other", () => {
    const needs = { cpu: "1", memory: "1Gi", replicas: { prod: 2 } };
    expect(findingsOf({ services: withServices({ mailer: { needs, environments: ["production"] } }) })).toMatchObject([
      { code: "unknown-reference", path: "services[mailer].needs.replicas.prod" },
      { code: "invalid-field", path: "services[mailer].needs.replicas.production", message: "is missing" },
    ]);
  });
});

describe("a team's tenancy", () => {
  it("allows everything unless it says otherwise", () =>
    expect(examplePlatform().teams[0]?.tenancy).toEqual({ allowed: {}, nodeSelector: {}, bindings: [] }));
  it("names environments that exist", () =>
    expect(
      findingsOf({
        teams: [
          exampleTeam("backend", {
            tenancy: {
              cordon: { because: "moves", environments: ["prod"] },
              bindings: [{ group: "auditors", role: "namespace-viewer", environments: ["stagin"], because: "audit" }],
            },
          }),
          exampleTeam("frontend"),
        ],
      }).map(({ code, path }) => [code, path]),
    ).toEqual([
      ["unknown-reference", "teams[backend].tenancy.bindings[0].environments[0]"],
      ["unknown-reference", "teams[backend].tenancy.cordon.environments[0]"],
    ]));
  it("selects nodes by labels", () =>
    expect(
      findingsOf({
        teams: [exampleTeam("backend", { tenancy: { nodeSelector: { "a b": "c" } } }), exampleTeam("frontend")],
      }),
    ).toMatchObject([{ code: "invalid-field", path: "teams[backend].tenancy.nodeSelector.a b" }]));
});

describe("calls in a circle", () => {
  it("are a warning that names both ends", () => {
    const services = withServices({
      frontend: { calls: ["checkout"] },
      checkout: { calls: ["frontend"] },
    });
    expect(findingsOf({ services })).toMatchObject([
      {
        severity: "warning",
        path: "services[frontend].calls[0]",
        message: "checkout calls frontend calls checkout: a circle",
      },
    ]);
  });
  it("are found once, however many services lead to them", () => {
    const services = withServices({
      frontend: { calls: ["checkout"] },
      checkout: { calls: ["mailer"] },
      mailer: { calls: ["checkout"], ports: { http: { port: 8081, protocol: "http" } } },
    });
    expect(findingsOf({ services }).map(({ message }) => message)).toEqual([
      "checkout calls mailer calls checkout: a circle",
    ]);
  });
});

describe("the network of an environment", () => {
  it("has nodes and pods in its VPC unless it says otherwise", () => {
    const { network } = environmentNamed(examplePlatform(), "production");
    expect(network).toMatchObject({
      nodes: ["10.30.0.0/16"],
      pods: ["10.30.0.0/16"],
      cni: "vpc-cni",
      mesh: "none",
      tokenService: [],
      additionalPolicies: [],
    });
  });
  it("keeps pods of their own blocks apart from Services", () => {
    const production = exampleProduction();
    const environments = [
      ...examplePlatformInput().environments.filter(({ name }) => name !== "production"),
      { ...production, network: { ...production.network, pods: ["172.20.128.0/17"] } },
    ];
    expect(findingsOf({ environments })).toMatchObject([
      { code: "conflicting-fields", message: "172.20.0.0/16 overlaps pods[0], 172.20.128.0/17" },
    ]);
  });
});

describe("a platform component", () => {
  it("connects to ports that other components offer", () => {
    const components = (examplePlatformInput().components ?? []).map((component) =>
      component.name === "grafana"
        ? { ...component, connects: ["prometheus/web", "prometheus/grpc", "tempo/http"] }
        : component,
    );
    expect(findingsOf({ components }).map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'components[grafana].connects[1]: prometheus offers no port "grpc"',
      'components[grafana].connects[2]: there is no platform component "tempo"',
    ]);
  });
});
