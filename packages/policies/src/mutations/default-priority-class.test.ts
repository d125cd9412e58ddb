import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { defaultPriorityClass } from "./default-priority-class.ts";
import { mutationIn } from "./mutation.ts";

const service = { name: "cart", team: "backend", language: "go", tier: "critical" } as const;
const input = { environments: [exampleDevelopment(), exampleProduction()], dataStores: [], services: [service] };

function tableOf(platform: ReturnType<typeof examplePlatform>): string | undefined {
  const [, production] = platform.environments;
  if (production === undefined) throw new Error("the example has two environments");
  return mutationIn(defaultPriorityClass, platform, production)?.variables["priorityClass"]?.expression;
}

describe("the default priority class", () => {
  test("is that of the service's tier, in the namespace of its team", () => {
    expect(tableOf(examplePlatform({ ...input, teams: [exampleTeam("backend")] }))).toContain(
      "'team-backend/cart': 'tier-critical'",
    );
  });

  test("is none for a tier whose class every pod gets anyway", () => {
    const services = [{ ...service, tier: "medium" } as const];
    expect(tableOf(examplePlatform({ ...input, services, teams: [exampleTeam("backend")] }))).toBeUndefined();
  });

  test("is none that the team may not use", () => {
    const team = exampleTeam("backend", { tenancy: { allowed: { priorityClasses: ["tier-medium"] } } });
    expect(tableOf(examplePlatform({ ...input, teams: [team] }))).toBeUndefined();
  });
});
