import type { Finding } from "@plinth/core";
import { catalogueWith, defineMetric, rate, sum } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { availability } from "../promises/availability.ts";
import { counter } from "../promises/counter.ts";
import { events } from "../promises/events.ts";
import { freshness } from "../promises/freshness.ts";
import { latency } from "../promises/latency.ts";
import { plugin } from "../promises/plugin.ts";
import { throughput } from "../promises/throughput.ts";
import { window } from "../promises/window.ts";
import { defineService, type ServiceDefinition } from "./define-service.ts";
import { type StandaloneOptions, serviceLevelsOf } from "./service-levels-of.ts";

const loyalty = defineService({
  name: "loyalty",
  team: "backend",
  promises: [
    availability(99.5),
    latency({ percentile: 99, below: "300ms", route: "/points/**" }),
    events("points-booked", {
      objective: 99.99,
      bad: counter("loyalty_bookings_failed_total"),
      total: sum(rate(counter("loyalty_bookings_total"), window)),
    }),
  ],
});

const metrics = ["loyalty_bookings_failed_total", "loyalty_bookings_total"].map((name) =>
  defineMetric({ name, type: "counter", unit: "count", labels: ["route"], help: "Bookings." }),
);
const catalogue = catalogueWith(...metrics);

function findingsOf(changes: Partial<ServiceDefinition>, options: StandaloneOptions = {}): readonly Finding[] {
  return serviceLevelsOf({ ...loyalty, ...changes }, { catalogue, ...options }).findings;
}

describe("a service in its own repository", () => {
  const levels = serviceLevelsOf(loyalty, { environment: "production", namespace: "team-backend", catalogue });

  it("becomes Sloth's resource and the rules, without a platform", () => {
    expect(levels.findings).toEqual([]);
    expect(levels.resources.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      "PrometheusServiceLevel team-backend/loyalty-slo",
      "PrometheusRule team-backend/loyalty-slo",
    ]);
  });

  it("is told what it means", () => {
    expect(levels.text).toContain("loyalty / availability 99.5 % over 30 days: 3 h 36 min of full outage");
    expect(levels.meanings.map(({ name }) => name)).toEqual(["availability", "latency", "points-booked"]);
  });

  it("opens tickets unless its tier says otherwise, and measures all environments unless it names one", () => {
    expect(levels.meanings[0]?.alerts.map(({ severity }) => severity)).toEqual(["ticket"]);
    const [objective] = serviceLevelsOf({ ...loyalty, tier: "critical" }).objectives;
    expect(objective?.alerts.page).toBeDefined();
    expect(JSON.stringify(objective?.indicator)).not.toContain("deployment_environment_name");
  });

  it("hands plugins to a Sloth controller, because only that can run them", () => {
    const { resources } = serviceLevelsOf({
      ...loyalty,
      promises: [availability(99), plugin("mesh", { objective: 99, id: "sloth-common/istio/v1/availability" })],
    });
    expect(resources.map(({ metadata }) => metadata.name)).toEqual([
      "loyalty-slo",
      "loyalty-slo",
      "loyalty-slo-plugins",
    ]);
    expect(resources[2]?.metadata.labels).toBeUndefined();
  });

  it("keeps another period out of Sloth's resource, which cannot say it", () => {
    const { resources } = serviceLevelsOf({ ...loyalty, promises: [availability({ objective: 99, period: "7d" })] });
    expect(resources.map(({ kind }) => kind)).toEqual(["PrometheusRule"]);
  });
});

describe("mistakes are found, all at once, with their place and an example", () => {
  const total = "sum(rate(loyalty_bookings_total[{{.window}}]))";
  const bad = "sum(rate(loyalty_bookings_failed_total[{{.window}}]))";

  it.each<[string, Partial<ServiceDefinition>, string, RegExp]>([
    ["an objective of 100", { promises: [availability(100)] }, "promises[0].objective", /is 100/],
    ["an objective of 0", { promises: [availability(0)] }, "promises[0].objective", /is 0/],
    [
      "a period that is none",
      { promises: [availability({ objective: 99, period: "a month" })] },
      "promises[0].period",
      /not a Prometheus duration/,
    ],
    [
      "a throughput that is none",
      { promises: [throughput({ objective: 99, atLeast: 0 })] },
      "promises[0].atLeast",
      /is 0/,
    ],
    [
      "a query without a window",
      { promises: [events("x", { objective: 99, bad: "sum(rate(loyalty_bookings_total[5m]))", total })] },
      "promises[x].bad",
      /no window/,
    ],
    [
      "PromQL that does not parse, with the place",
      { promises: [events("x", { objective: 99, bad: "sum(rate(loyalty_bookings_total[{{.window}}])", total })] },
      "promises[x].bad",
      /line 1, column/,
    ],
    [
      "a label that the metric does not have",
      {
        promises: [
          events("x", { objective: 99, bad: 'sum(rate(loyalty_bookings_total{rute="/"}[{{.window}}]))', total }),
        ],
      },
      "promises[x].bad",
      /no label "rute"/,
    ],
    [
      "the same twice",
      { promises: [events("x", { objective: 99, bad: total, total })] },
      "promises[x].bad",
      /same as total/,
    ],
    [
      "two of one name",
      { promises: [availability(99), availability(99.9)] },
      "promises[availability].name",
      /one series/,
    ],
    [
      "two queries that never meet",
      {
        promises: [
          events("x", {
            objective: 99,
            bad: "sum by (route) (rate(loyalty_bookings_failed_total[{{.window}}]))",
            total,
          }),
        ],
      },
      "promises[x].bad",
      /never meet/,
    ],
    [
      "a source that does not count what is promised",
      { promises: [latency({ percentile: 99, below: "1s", from: { calls: "a_total" } })] },
      "promises[latency].from.durations",
      /is missing/,
    ],
    [
      "a source that is no selector",
      { promises: [throughput({ objective: 99, atLeast: 1, from: { calls: "rate(a_total[5m])" } })] },
      "promises[throughput].from.calls",
      /no selector/,
    ],
    [
      "a route where none are counted",
      { promises: [availability({ objective: 99, from: "istio", route: "/" })] },
      "promises[availability].route",
      /counts no routes/,
    ],
    [
      "a guard of nothing",
      { promises: [freshness({ objective: 99, within: "1h", minimumEvents: 5 })] },
      "promises[freshness].minimumEvents",
      /counts time/,
    ],
    [
      "two steps of one budget",
      {
        promises: [
          availability({
            objective: 99,
            budgetPolicy: [
              { left: 5, action: "a" },
              { left: 5, action: "b" },
            ],
          }),
        ],
      },
      "promises[availability].budgetPolicy",
      /two steps/,
    ],
    ["no promise", { promises: [] }, "promises", /promises nothing/],
    ["a name that is none", { name: "Loyalty!" }, "name", /Loyalty!/],
  ])("%s", (_, changes, path, message) => {
    const found = findingsOf(changes).find((finding) => finding.path === path);
    expect(found?.message).toMatch(message);
    expect(found?.severity).toBe("error");
    expect(found?.expected).toBeDefined();
    expect(serviceLevelsOf({ ...loyalty, ...changes }, { catalogue }).resources).toEqual([]);
  });

  it("events without a total", () => {
    const promises = JSON.parse(JSON.stringify([{ kind: "events", name: "x", objective: 99, bad }]));
    expect(findingsOf({ promises })).toMatchObject([{ path: "promises[0].total", message: "is missing" }]);
  });

  it("a metric that nobody has described may exist: a warning", () => {
    const levels = serviceLevelsOf(loyalty);
    expect(levels.findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      "warning promises[points-booked].bad",
      "warning promises[points-booked].total",
    ]);
    expect(levels.resources).toHaveLength(2);
  });

  it("what Sloth has no words for, where its rules are asked for", () => {
    const promises = [availability({ objective: 99, period: "7d", alertNames: "distinct", minimumEvents: 9 })];
    expect(findingsOf({ promises }, { mode: "sloth" }).map(({ path }) => path)).toEqual([
      "promises[availability].alertNames",
      "promises[availability].minimumEvents",
      "promises[availability].period",
    ]);
  });
});
