import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration, printDuration } from "./duration.ts";

describe("a Prometheus duration", () => {
  // As prometheus/common prints them.
  it.each([
    ["0", "0s"],
    ["324ms", "324ms"],
    ["3s", "3s"],
    ["5m", "5m"],
    ["60m", "1h"],
    ["1h30m", "1h30m"],
    ["24h", "1d"],
    ["7d", "1w"],
    ["8d", "8d"],
    ["28d", "4w"],
    ["30d", "30d"],
    ["365d", "1y"],
    ["1d12h30m", "1d12h30m"],
  ])("%s is printed %s", (text, printed) => expect(printDuration(parseDuration(text) ?? -1)).toBe(printed));

  it.each(["", " ", "5", "1.5h", "-5m", "5min", "1m1h", "5m ", "5M", "1h1h", "300y"])("%j is none", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it("means the same after printing and parsing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 43 }),
        (milliseconds) => parseDuration(printDuration(milliseconds)) === milliseconds,
      ),
    );
  });
});
