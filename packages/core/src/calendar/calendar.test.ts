import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAfter, daysBetween, moreDays } from "./calendar.ts";

const day = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2200-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("days of the calendar", () => {
  it("follow each other over months, years and leap days", () => {
    expect(["2026-12-31", "2027-02-28", "2028-02-28", "2028-02-29"].map(dayAfter)).toEqual([
      "2027-01-01",
      "2027-03-01",
      "2028-02-29",
      "2028-03-01",
    ]);
  });
  it("are one apart from the day after", () => {
    fc.assert(fc.property(day, (today) => daysBetween(today, dayAfter(today)) === 1));
  });
  it("are as far apart there as back", () => {
    fc.assert(fc.property(day, day, (one, other) => daysBetween(one, other) + daysBetween(other, one) === 0));
  });
  it("are said in words while they last", () =>
    expect([0, 1, 2].map(moreDays)).toEqual(["today", "one more day", "2 more days"]));
});
