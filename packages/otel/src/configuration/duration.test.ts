import { parseDuration } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectorDuration, durationOf } from "./duration.ts";

describe("durations in the collector's words", () => {
  it("are written in the largest unit that keeps them whole", () => {
    expect([500, 1500, 2000, 90_000, 60_000, 7_200_000, 86_400_000].map(durationOf)).toEqual([
      "500ms",
      "1500ms",
      "2s",
      "90s",
      "1m",
      "2h",
      "24h",
    ]);
  });

  it("mean what the model meant, and know no days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (milliseconds) => {
        const duration = durationOf(milliseconds);
        expect(parseDuration(duration)).toBe(milliseconds);
        expect(duration).toMatch(/^\d+(ms|s|m|h)$/);
      }),
    );
    expect(collectorDuration("1d")).toBe("24h");
  });

  it("are not made of what is none", () => {
    expect(() => collectorDuration("soon")).toThrow(RangeError);
  });
});
