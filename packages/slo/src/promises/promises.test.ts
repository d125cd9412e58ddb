import { promisesOf, serviceNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { availability } from "./availability.ts";
import { latency } from "./latency.ts";

const input = examplePlatformInput();

describe("a promise", () => {
  it("is a number, or says everything", () => {
    expect(availability(99.9)).toEqual({ kind: "availability", objective: 99.9 });
    expect(availability({ objective: 99.5, name: "writes", alerts: "none" })).toEqual({
      kind: "availability",
      objective: 99.5,
      name: "writes",
      alerts: "none",
    });
    expect(latency({ percentile: 95, below: "200ms" })).toEqual({ kind: "latency", objective: 95, below: "200ms" });
    expect(latency({ percentile: 99, below: "2s", name: "tail", alerts: "ticket" })).toEqual({
      kind: "latency",
      objective: 99,
      below: "2s",
      name: "tail",
      alerts: "ticket",
    });
  });

  it("takes its alerts from the tier when it is made part of a service", () => {
    const services = input.services.map((service) => ({ ...service, promises: [availability(99)] }));
    const platform = examplePlatform({ services });
    expect(promisesOf(serviceNamed(platform, "checkout"))).toMatchObject([{ alerts: "page-and-ticket" }]);
    expect(promisesOf(serviceNamed(platform, "mailer"))).toMatchObject([{ alerts: "none" }]);
  });
});

describe("a service that says nothing promises by its tier", () => {
  it.each([
    ["critical", ["availability 99.9 page-and-ticket", "latency 95 page-and-ticket below 200ms"]],
    ["high", ["availability 99.5 ticket"]],
    ["medium", ["availability 99 none"]],
    ["low", ["availability 99 none"]],
  ] as const)("%s", (tier, promises) => {
    const services = input.services.map((service) => ({ ...service, tier }));
    const made = promisesOf(serviceNamed(examplePlatform({ services }), "checkout"));
    expect(
      made.map((promise) =>
        [
          promise.kind,
          promise.objective,
          promise.alerts,
          ...(promise.kind === "latency" ? [`below ${promise.below}`] : []),
        ].join(" "),
      ),
    ).toEqual(promises);
  });

  it("and a consumer promises availability alone: nobody waits for its answer", () => {
    const services = input.services.map((service) => ({ ...service, tier: "critical" as const }));
    const made = promisesOf(serviceNamed(examplePlatform({ services }), "mailer"));
    expect(made.map(({ kind }) => kind)).toEqual(["availability"]);
  });

  it("and one that nobody calls and that consumes nothing promises nothing", () => {
    const services = [
      ...input.services,
      { name: "cron", team: "backend", tier: "critical" as const, language: "go" as const },
    ];
    expect(promisesOf(serviceNamed(examplePlatform({ services }), "cron"))).toEqual([]);
  });

  it("but an empty list is an answer", () => {
    const services = input.services.map((service) => ({ ...service, promises: [] }));
    expect(promisesOf(serviceNamed(examplePlatform({ services }), "checkout"))).toEqual([]);
  });
});
