import { describe, expect, it } from "vitest";
import { examplePlatform, examplePlatformInput } from "../testing.ts";
import { buildPromises } from "./build-promises.ts";
import { serviceNamed } from "./dependencies.ts";
import type { ServicePromiseInput } from "./promise.ts";
import { promisesOf, tierPromises } from "./promises-of.ts";

const input = examplePlatformInput();

describe("a promise that stands alone", () => {
  it("has a name and the alerts of its tier, unless it says so itself", () => {
    const { promises, findings } = buildPromises(
      [
        { kind: "availability", objective: 99.9 },
        { kind: "throughput", objective: 99, atLeast: 5, alerts: "none" },
        { kind: "events", name: "booked", objective: 99, good: "a", total: "b" },
        { kind: "plugin", name: "mesh", objective: 99, id: "x" },
      ],
      "high",
    );
    expect(findings).toEqual([]);
    expect(promises).toEqual([
      { kind: "availability", name: "availability", objective: 99.9, alerts: "ticket" },
      { kind: "throughput", name: "throughput", objective: 99, atLeast: 5, alerts: "none" },
      { kind: "events", name: "booked", objective: 99, counted: { good: "a" }, total: "b", alerts: "ticket" },
      { kind: "plugin", name: "mesh", objective: 99, id: "x", options: {}, alerts: "ticket" },
    ]);
  });

  it.each<[string, ServicePromiseInput, string, string]>([
    [
      "both bad and good",
      { kind: "events", name: "x", objective: 99, bad: "a", good: "b", total: "c" },
      ".bad",
      "counts good events, too",
    ],
    ["neither bad nor good", { kind: "events", name: "x", objective: 99, total: "c" }, ".bad", "is missing"],
    ["an hour's period", { kind: "availability", objective: 99, period: "1h" }, ".period", "is not between"],
    ["a period in words", { kind: "availability", objective: 99, period: "30 days" }, ".period", "is not a Prometheus"],
    ["a label that is none", { kind: "availability", objective: 99, by: ["http.route"] }, ".by[0]", "is not a label"],
    ["a route without a slash", { kind: "availability", objective: 99, route: "points" }, ".route", "is not a route"],
    [
      "more budget than there is",
      { kind: "availability", objective: 99, budgetPolicy: [{ left: 101, action: "a" }] },
      ".budgetPolicy[0].left",
      "is 101",
    ],
    ["no time", { kind: "freshness", objective: 99, within: "0s" }, ".within", "is zero"],
    ["more than there is", { kind: "saturation", objective: 99, below: 120, of: "cpu" }, ".below", "is 120"],
  ])("is refused: %s", (_, promise, path, message) => {
    const { promises, findings } = buildPromises([{ kind: "availability", objective: 99 }, promise], "low");
    expect(promises).toHaveLength(1);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ path: `promises[1]${path}`, message: expect.stringContaining(message) });
    expect(findings[0]?.expected).toBeDefined();
    expect(findings[0]?.example).toBeDefined();
  });
});

describe("a service that says nothing", () => {
  it("promises by its tier: what answers requests, and what only reads topics", () => {
    const platform = examplePlatform();
    expect(promisesOf(serviceNamed(platform, "checkout"))).toBe(tierPromises.critical);
    expect(promisesOf(serviceNamed(platform, "mailer")).map(({ kind }) => kind)).toEqual(["availability"]);
  });

  it("and an empty list is an answer", () => {
    const services = input.services.map((service) => ({ ...service, promises: [] }));
    expect(promisesOf(serviceNamed(examplePlatform({ services }), "checkout"))).toEqual([]);
  });
});
