import type { ServicePromiseInput } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { errorThresholds, latencyThresholds, promisedLatency, routePromises } from "./promise-thresholds.ts";
import { viewOf } from "./service-view.fixture.ts";

const serviceWith = (...promises: ServicePromiseInput[]) => viewOf("checkout", { promises }).service;

describe("what panels are judged by", () => {
  it.each([
    ["critical", 0.001, 0.2],
    ["high", 0.005, undefined],
    ["medium", 0.01, undefined],
    ["low", 0.01, undefined],
  ] as const)("is what the tier %s promises, where the service says nothing", (tier, budget, below) => {
    const { service } = viewOf("checkout", { tier });
    expect(errorThresholds(service)?.steps[0]).toEqual({ from: budget, state: "warning" });
    expect(promisedLatency(service).below).toBe(below);
  });

  it("is nothing where the service says that it promises nothing", () => {
    const service = serviceWith();
    expect([errorThresholds(service), latencyThresholds(service)]).toEqual([undefined, undefined]);
    expect(promisedLatency(service).name).toBe("p95");
  });

  it("is the promise about all requests, not that of a route", () => {
    const service = serviceWith(
      { kind: "latency", name: "search", objective: 99, below: "50ms", route: "/search" },
      { kind: "latency", objective: 95, below: "400ms" },
    );
    expect(promisedLatency(service)).toEqual({ quantile: 0.95, percent: 95, name: "p95", below: 0.4 });
    expect(routePromises(service).map(({ name }) => name)).toEqual(["search"]);
  });

  it("is the promise that spans count, before one that others count", () => {
    const mesh = { kind: "availability", name: "mesh", objective: 99, from: "istio" } as const;
    const spans = { kind: "availability", objective: 99.9 } as const;
    expect(errorThresholds(serviceWith(mesh, spans))?.steps[0]?.from).toBe(0.001);
    expect(errorThresholds(serviceWith(mesh))?.steps[0]?.from).toBe(0.01);
  });

  it("has no panel of its own for a route that other series count", () =>
    expect(
      routePromises(serviceWith({ kind: "availability", objective: 99, route: "/a", from: "http-server" })),
    ).toEqual([]));

  it("never asks for more errors than there are requests", () =>
    expect(errorThresholds(serviceWith({ kind: "availability", objective: 90 }))?.steps).toEqual([
      { from: 0.1, state: "warning" },
      { from: 1, state: "bad" },
    ]));

  it("has the digits that were promised", () =>
    expect(promisedLatency(serviceWith({ kind: "latency", objective: 99.99, below: "1500ms" }))).toEqual({
      quantile: 0.9999,
      percent: 99.99,
      name: "p99.99",
      below: 1.5,
    }));
});
