import type { Platform } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { injectInstrumentation } from "./inject-instrumentation.ts";
import { type Mutation, mutationIn } from "./mutation.ts";

const every = { instrument: "every-service" } as const;
const development = exampleDevelopment();
const production = exampleProduction();

function mutationOf(platform: Platform, environment: string): Mutation | undefined {
  const found = platform.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment ${environment}`);
  return mutationIn(injectInstrumentation, platform, found);
}

describe("instrumentation is written into pods", () => {
  test("where an environment asks for it, and nowhere else", () => {
    const asking = examplePlatform({
      environments: [development, { ...production, telemetry: { ...production.telemetry, ...every } }],
    });
    expect(mutationOf(asking, "development")).toBeUndefined();
    expect(mutationOf(asking, "production")?.variables["wanted"]?.expression).toContain(
      "'team-frontend/frontend': {'instrumentation.opentelemetry.io/inject-nodejs': 'opentelemetry/nodejs'",
    );
  });

  test("also where admission refuses nothing", () => {
    const asking = examplePlatform({
      environments: [{ ...development, telemetry: { ...development.telemetry, ...every } }, production],
    });
    expect(mutationOf(asking, "development")?.name).toBe("inject-instrumentation");
  });

  test("for a program with an SDK as its variables, and not for a service that sends nothing", () => {
    const asking = examplePlatform({
      dataStores: [],
      services: [
        { name: "cart", team: "backend", tier: "low", language: "rust" },
        { name: "page", team: "frontend", tier: "low", language: "java", instrumentation: "none" },
      ],
      environments: [development, { ...production, telemetry: { ...production.telemetry, ...every } }],
    });
    const table = mutationOf(asking, "production")?.variables["wanted"]?.expression;
    expect(table).toContain("'instrumentation.opentelemetry.io/inject-sdk': 'opentelemetry/sdk-grpc'");
    expect(table).not.toContain("page");
  });
});
