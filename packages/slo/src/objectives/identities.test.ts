import { plan, type ServiceInput } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { availability } from "../promises/availability.ts";
import { sloComponents } from "../service-levels.ts";
import { identityFindings } from "./identities.ts";

describe("objectives that would record into each other's series are found", () => {
  it("where two pairs of names come to one id", () =>
    expect(
      identityFindings([
        { service: "cart", name: "read-latency" },
        { service: "cart-read", name: "latency" },
      ]),
    ).toMatchObject([{ code: "duplicate-name", message: expect.stringContaining("cart-read-latency") }]));

  it("and not where they do not", () =>
    expect(
      identityFindings([
        { service: "cart", name: "latency" },
        { service: "cart", name: "availability" },
      ]),
    ).toEqual([]));

  it("in a whole platform, once for all environments", () => {
    const { services } = examplePlatformInput();
    const added: ServiceInput[] = [
      {
        name: "frontend-slow",
        team: "frontend",
        tier: "low",
        language: "go",
        ports: { http: { port: 80, protocol: "http" } },
        promises: [availability(99)],
      },
      {
        name: "slow",
        team: "frontend",
        tier: "low",
        language: "go",
        ports: { http: { port: 80, protocol: "http" } },
        promises: [],
      },
    ];
    const platform = examplePlatform({
      services: [...services, ...added].map((service) =>
        service.name === "frontend"
          ? { ...service, promises: [availability({ objective: 99, name: "slow-availability" })] }
          : service,
      ),
    });
    expect(plan(platform, sloComponents).findings).toMatchObject([
      { code: "duplicate-name", path: "promises[availability].name" },
    ]);
  });
});
