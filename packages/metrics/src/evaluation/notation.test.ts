import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSamples, printSamples, type SeriesSample } from "./notation.ts";

describe("promtool's notation", () => {
  it.each<[string, readonly SeriesSample[]]>([
    ["1 2 3", [1, 2, 3]],
    ["0+60x3", [0, 60, 120, 180]],
    ["5-2x2", [5, 3, 1]],
    ["-1.5-0.5x1", [-1.5, -2]],
    ["1x2 _ _x2 stale", [1, 1, 1, undefined, undefined, undefined, "stale"]],
    ["1e3 .5 Inf -Inf +inf", [1000, 0.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
    ["1x0", [1]],
    ["0+0.1x3", [0, 0.1, 0.2, 0.30000000000000004]],
    ["", []],
  ])("%s", (text, samples) => expect(parseSamples(text)).toEqual(samples));

  it.each(["one", "1+2", "1x", "_+1x2", "stalex3", "Infx2", "1+1x2.5", "{{count:1}}", "1,2", "1x99999999"])(
    "refuses %s",
    (text) => expect(() => parseSamples(text)).toThrow(/is no sample/),
  );

  it("is written short, and read back", () => {
    expect(printSamples([0, 60, 120, undefined, undefined, 1, 1, "stale", 5, 9])).toBe("0+60x2 _x2 1x1 stale 5 9");
    const sample = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }) },
      { weight: 2, arbitrary: fc.constantFrom(undefined, "stale" as const) },
      { weight: 1, arbitrary: fc.double() },
    );
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (samples) => {
        expect(parseSamples(printSamples(samples))).toEqual(samples);
      }),
    );
  });
});
