import { rawPromql } from "@plinth/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { absentDelay } from "./absent-delay.ts";
import { firstFiring } from "./burn-simulation.fixture.ts";
import { meaningText } from "./meaning-text.ts";
import { meaningOf } from "./objective-meaning.ts";
import { timeText } from "./time-text.ts";

const alert = { labels: {}, annotations: {} };

function objectiveOf(objective: number, changes: Partial<ServiceLevelObjective> = {}): ServiceLevelObjective {
  return {
    service: "loyalty",
    name: "availability",
    description: "most requests end without an error",
    objective,
    indicator: { kind: "events", bad: rawPromql("a"), total: rawPromql("b") },
    labels: {},
    alerts: { name: "Burn", labels: {}, annotations: {}, page: alert, ticket: alert },
    ...changes,
  };
}

// By hand, from the SRE workbook: 0.1 % of 30 days are 43.2 minutes; 2 % of them in an hour burn 14.4 times too fast.
describe("99.9 % over 30 days", () => {
  const meaning = meaningOf(objectiveOf(99.9));
  const [page, ticket] = meaning.alerts;

  it("is 43 minutes of full outage, or a thousand of a million events", () => {
    expect(meaning.budget.outage).toBeCloseTo(43.2 * 60, 6);
    expect(meaning.budget.perMillion).toBeCloseTo(1000, 6);
  });

  it("pages a full outage after 14.4 thousandths of an hour", () => {
    expect(page?.fires[0]?.after?.soonest).toBeCloseTo(0.0144 * 3600, 6);
    expect(page?.fires[0]?.after?.latest).toBeCloseTo(0.0144 * 3600 + 90, 6);
  });

  it("pages from 0.6 % on and opens a ticket from 0.1 % on", () => {
    expect(page?.smallestErrorRate).toBeCloseTo(0.006, 9);
    expect(ticket?.smallestErrorRate).toBeCloseTo(0.001, 9);
  });

  it("loses at most 5 % of the budget before somebody is woken, 10 % before a ticket", () => {
    expect(page?.mostLost).toBe(0.05);
    expect(ticket?.mostLost).toBe(0.1);
  });

  it("is said in words", () =>
    expect(meaningText(meaning)).toBe(
      [
        "loyalty / availability 99.9 % over 30 days: 43 min 12 s of full outage, or 1,000 of a million events, are the budget",
        "  page: a full outage pages after 52 s to 2 min 22 s; 10 % errors page after 8 min 38 s to 10 min 8 s; 1 % errors page after 3 h 36 min to 3 h 37 min",
        "    from more than 0.6 % on; a steady burn uses up at most 5 % of the budget before",
        "  ticket: a full outage opens a ticket after 4 min 19 s to 5 min 49 s; 10 % errors open a ticket after 43 min 12 s to 44 min 42 s; 1 % errors open a ticket after 7 h 12 min to 7 h 13 min",
        "    from more than 0.1 % on; a steady burn uses up at most 10 % of the budget before",
      ].join("\n"),
    ));
});

describe("a promise that is too small to page", () => {
  it("says so: 80 % leave more budget than an outage can burn 14.4 or 6 times too fast", () => {
    const [page, ticket] = meaningOf(objectiveOf(80)).alerts;
    expect(page).toMatchObject({ smallestErrorRate: 1, mostLost: 0, fires: [{ errorRate: 1 }, {}, {}] });
    expect(ticket?.fires[0]?.after).toBeDefined();
    expect(meaningText(meaningOf(objectiveOf(80)))).toContain("page: never pages");
  });
});

const objectives = fc.integer({ min: 1, max: 20_000 }).map((thousandths) => 100 - thousandths / 1000);
const periods = fc.constantFrom("7d", "14d", "28d", "30d", "90d");

describe("for whatever objective, period and share of bad events", () => {
  it("an alert fires when a simulation of its rules says so, within one look", () => {
    fc.assert(
      fc.property(
        objectives,
        periods,
        fc.constantFrom("page" as const, "ticket" as const),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.constantFrom("0s", "5m", "1h"),
        (percent, period, severity, errorRate, wait) => {
          const objective = objectiveOf(percent, { period, extras: { for: { [severity]: wait } } });
          const windows = windowsFor(period);
          const [meant] = meaningOf(objective, {
            errorRates: [errorRate],
            scrapeInterval: "1s",
            evaluationInterval: "1s",
          })
            .alerts.filter((each) => each.severity === severity)
            .map(({ fires }) => fires[0]?.after?.soonest);
          const until = meant === undefined ? 6 * 86_400 : meant + 3600;
          const step = Math.max(30, until / 500);
          const simulated = firstFiring(windows, windows[severity], percent, {
            errorRate,
            step,
            until,
            for: wait === "0s" ? 0 : wait === "5m" ? 300 : 3600,
          });
          if (meant === undefined) expect(simulated).toBeUndefined();
          else {
            expect(simulated).toBeGreaterThanOrEqual(meant - 1e-6);
            expect(simulated).toBeLessThanOrEqual(meant + 2 * step);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("what a steady burn uses up before an alert is never more than is said, and its threshold is where it begins", () => {
    fc.assert(
      fc.property(
        objectives,
        periods,
        fc.double({ min: 0.0001, max: 1, noNaN: true }),
        (percent, period, errorRate) => {
          const { alerts, budget } = meaningOf(objectiveOf(percent, { period }), { errorRates: [errorRate] });
          for (const { fires, mostLost, smallestErrorRate } of alerts) {
            const after = fires[0]?.after;
            expect(after !== undefined).toBe(errorRate > smallestErrorRate);
            if (after !== undefined)
              expect((after.soonest * errorRate) / budget.outage).toBeLessThanOrEqual(mostLost * (1 + 1e-9));
          }
        },
      ),
    );
  });
});

describe("the alert that nothing is measured waits", () => {
  it.each([
    [99.9, "5m"],
    [99, "9m"],
    [95, "44m"],
    [80, "14h24m"],
  ])("at %d %% for %s: as long as a full outage needs, in whole minutes, at least five", (percent, delay) =>
    expect(absentDelay(objectiveOf(percent))).toBe(delay),
  );
});

describe("a time in words", () => {
  it.each([
    [0, "0 s"],
    [0.2, "less than 1 s"],
    [51.84, "52 s"],
    [130, "2 min 10 s"],
    [3599.9, "1 h"],
    [12_960, "3 h 36 min"],
    [129_600, "1 d 12 h"],
  ])("%d seconds: %s", (time, text) => expect(timeText(time)).toBe(text));
});
