import { isDnsLabel, type Maintenance, type Weekday, weekdays } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalContains, intervalProblems } from "./interval-contains.ts";
import { hoursInterval, maintenanceIntervals } from "./time-intervals.ts";

const once: Maintenance = {
  name: dnsName("upgrade"),
  because: "A new version.",
  from: "2026-11-29T22:00",
  to: "2027-01-02T02:00",
  timeZone: "UTC",
  severities: ["critical"],
};

function dnsName(name: string): Maintenance["name"] {
  // Only a checked name is one: as the model checks it.
  if (!isDnsLabel(name)) throw new RangeError(name);
  return name;
}

describe("working hours", () => {
  it("are written in ranges of a week that begins on Sunday", () => {
    const hours = { from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
    expect(hoursInterval({ ...hours, days: weekdays.slice(0, 5) })).toEqual({
      weekdays: ["monday:friday"],
      times: [{ start_time: "08:00", end_time: "18:00" }],
      location: "Europe/Berlin",
    });
    expect(hoursInterval({ ...hours, days: ["saturday", "sunday", "tuesday"] }).weekdays).toEqual([
      "sunday",
      "tuesday",
      "saturday",
    ]);
  });

  it("are those that the clock on the wall shows, summer and winter", () => {
    const hours = hoursInterval({ days: weekdays, from: "08:00", to: "18:00", timeZone: "Europe/Berlin" });
    expect(intervalContains(hours, new Date("2026-07-01T06:00:00Z"))).toBe(true);
    expect(intervalContains(hours, new Date("2026-12-01T06:59:59Z"))).toBe(false);
    expect(intervalContains(hours, new Date("2026-12-01T07:00:00Z"))).toBe(true);
    expect(intervalContains(hours, new Date("2026-12-01T17:00:00Z"))).toBe(false);
  });

  it("are on the days that they name, and on no other", () => {
    fc.assert(
      fc.property(fc.subarray([...weekdays], { minLength: 1 }), fc.integer({ min: 0, max: 400 }), (days, after) => {
        const time = new Date(Date.UTC(2026, 0, 5 + after, 12));
        const today: Weekday | undefined = weekdays[(time.getUTCDay() + 6) % 7];
        expect(intervalContains(hoursInterval({ days, from: "11:00", to: "13:00", timeZone: "UTC" }), time)).toBe(
          today !== undefined && days.includes(today),
        );
      }),
    );
  });
});

describe("a maintenance", () => {
  it("that comes once is its first day, its last, and the days between month by month", () => {
    expect(maintenanceIntervals(once)).toEqual([
      { times: [{ start_time: "22:00", end_time: "24:00" }], days_of_month: ["29"], months: ["11"], years: ["2026"] },
      { days_of_month: ["30"], months: ["11"], years: ["2026"] },
      { days_of_month: ["1:31"], months: ["12"], years: ["2026"] },
      { days_of_month: ["1"], months: ["1"], years: ["2027"] },
      { times: [{ start_time: "00:00", end_time: "02:00" }], days_of_month: ["2"], months: ["1"], years: ["2027"] },
    ]);
  });

  it("takes every minute from its beginning to its end, and no other", () => {
    const minutes = fc.integer({ min: 0, max: 100 * 24 * 60 });
    const begin = Date.UTC(2028, 0, 20);
    const text = (minute: number): string => new Date(begin + minute * 60_000).toISOString().slice(0, 16);
    fc.assert(
      fc.property(minutes, minutes, minutes, (one, other, now) => {
        fc.pre(one !== other);
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const intervals = maintenanceIntervals({ ...once, from: text(from), to: text(to) });
        expect(intervals.flatMap(intervalProblems)).toEqual([]);
        expect(intervals.some((interval) => intervalContains(interval, new Date(begin + now * 60_000)))).toBe(
          now >= from && now < to,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("an interval", () => {
  it.each([
    ["times that end before they begin", { times: [{ start_time: "18:00", end_time: "08:00" }] }, "times"],
    ["a week that begins on Monday", { weekdays: ["saturday:sunday"] }, "weekdays"],
    ["a month that there is not", { months: ["13"] }, "months"],
    ["a day that there is not", { days_of_month: ["0"] }, "days_of_month"],
    ["years that end before they begin", { years: ["2027:2026"] }, "years"],
    ["a place that there is not", { location: "Europe/Berlim" }, "location"],
  ])("is refused with %s", (_, interval, field) => {
    expect(intervalProblems(interval)).toMatchObject([{ field }]);
    expect(() => intervalContains(interval, new Date(0))).toThrow(RangeError);
  });

  it("counts days from the end of the month", () => {
    const last = { days_of_month: ["-2:-1"] };
    expect(intervalContains(last, new Date("2026-02-27T00:00:00Z"))).toBe(true);
    expect(intervalContains(last, new Date("2026-02-26T23:59:00Z"))).toBe(false);
    expect(intervalContains({ days_of_month: ["31"] }, new Date("2026-02-28T00:00:00Z"))).toBe(false);
  });
});
