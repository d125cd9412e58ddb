import { compareQuantities, type Finding, type Platform, parseQuantity, plan, type ServiceInput } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleQuota, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotaFindings } from "./quota-findings.ts";
import { tenancy } from "./tenancy.ts";

type NeedsInput = NonNullable<ServiceInput["needs"]>;

function platformWith(needs: Readonly<Record<string, NeedsInput>>, quota: Partial<typeof exampleQuota> = {}): Platform {
  const input = examplePlatformInput();
  const production = { ...exampleQuota, ...quota };
  return examplePlatform({
    teams: [exampleTeam("backend", { quotas: { development: exampleQuota, production } }), exampleTeam("frontend")],
    services: input.services.map((service) => {
      const own = needs[service.name];
      return own === undefined ? service : { ...service, needs: own };
    }),
  });
}

function backendIn(platform: Platform): readonly Finding[] {
  return quotaFindings(platform).filter(({ path }) => path === "teams[backend].quotas.production");
}

describe("services that fit their quota", () => {
  it("are no finding, not even by a crumb", () =>
    expect(
      backendIn(
        platformWith(
          { checkout: { replicas: 4, cpu: "200m", memory: "1Gi" }, mailer: { cpu: "500m", memory: "512Mi" } },
          // 5 × 200m + 2 × 500m, 5 × 1Gi + 2 × 512Mi, 7 pods: the rolling update included.
          { cpu: "2", memory: "6Gi", pods: 7, services: 1 },
        ),
      ),
    ).toEqual([]));

  it("are no finding where they say nothing", () => expect(quotaFindings(examplePlatform())).toEqual([]));
});

describe("services that do not fit their quota", () => {
  it("are an error with the arithmetic and a quota that fits", () => {
    const platform = platformWith(
      { checkout: { replicas: 6, cpu: "200m", memory: "1Gi" }, mailer: { cpu: "100m", memory: "64Mi" } },
      { cpu: "1", memory: "8Gi" },
    );
    expect(backendIn(platform)).toEqual([
      {
        code: "quota-too-small",
        severity: "error",
        path: "teams[backend].quotas.production",
        message:
          "in production the services of backend need 1300m CPU; the quota gives 1 CPU, 300m CPU too little: checkout 6 × (200m CPU, 1Gi) + mailer 1 × (100m CPU, 64Mi)",
        expected: "at least what the services need",
        example:
          '{ cpu: "2", memory: "9Gi", storage: "500Gi", pods: 100, services: 50, loadBalancers: 2, persistentVolumeClaims: 20 }',
        hint: expect.stringContaining("rolling update"),
        source: expect.anything(),
      },
    ]);
  });

  it("are a warning where only a rolling update of all of them does not", () => {
    const platform = platformWith(
      { checkout: { replicas: 4, cpu: "250m", memory: "1Gi" } },
      { cpu: "1", memory: "4Gi", pods: 4 },
    );
    expect(backendIn(platform)).toMatchObject([
      {
        severity: "warning",
        message:
          "in production the services of backend need while all of them are updated 1250m CPU and 5Gi of memory and 5 pods; the quota gives 1 CPU and 4Gi of memory and 4 pods, 250m CPU too little and 1Gi of memory too little and 1 pods too little: checkout (4 + 1) × (250m CPU, 1Gi)",
        expected: "at least what the services need, and what these need that do not say it: mailer",
      },
    ]);
  });

  it("are counted in the environments in which they run, with what is different there", () => {
    const platform = platformWith({
      checkout: { replicas: { development: 1, production: 100 }, cpu: "1", memory: "1Gi" },
    });
    expect(quotaFindings(platform).map(({ path }) => path)).toEqual(["teams[backend].quotas.production"]);
  });

  it("stop a plan", () => {
    const platform = platformWith({ checkout: { cpu: "21", memory: "1Gi" } });
    expect(plan(platform, [tenancy]).findings).toMatchObject([{ code: "quota-too-small", component: "tenancy" }, {}]);
  });

  it("fit the quota of the example, whatever they need", () =>
    fc.assert(
      fc.property(
        fc.record({
          replicas: fc.integer({ min: 0, max: 300 }),
          cpu: fc.constantFrom("1m", "150m", "0.5", "3"),
          memory: fc.constantFrom("1Mi", "300M", "1.5Gi", "7Gi"),
        }),
        (needs) => {
          const findings = backendIn(platformWith({ checkout: needs, mailer: { cpu: "100m", memory: "100Mi" } }));
          for (const { example = "" } of findings) {
            const [, cpu = "", memory = ""] = /cpu: "([^"]+)", memory: "([^"]+)"/.exec(example) ?? [];
            const pods = Number(/pods: (\d+)/.exec(example)?.[1]);
            expect(
              backendIn(
                platformWith({ checkout: needs, mailer: { cpu: "100m", memory: "100Mi" } }, { cpu, memory, pods }),
              ),
            ).toEqual([]);
            for (const [raised, before] of [
              [cpu, exampleQuota.cpu],
              [memory, exampleQuota.memory],
            ] as const)
              expect(compareTexts(raised, before)).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    ));
});

function compareTexts(a: string, b: string): number {
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  if (left === undefined || right === undefined) throw new Error(`${a} and ${b} are not quantities`);
  return compareQuantities(left, right);
}
