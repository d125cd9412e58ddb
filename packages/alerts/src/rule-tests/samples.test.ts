import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growing, missing, type SampleStretch, steady } from "../alert/scenario.ts";
import { printSamples, printSeries } from "./samples.ts";

/** promtool's own reading of its notation: promql/parser, sequence values. */
function expand(text: string): readonly (number | undefined)[] {
  return text.split(" ").flatMap((part): (number | undefined)[] => {
    const [, gap] = /^_x(\d+)$/.exec(part) ?? [];
    if (gap !== undefined) return Array.from({ length: Number(gap) }, () => undefined);
    const [, value, step = "0", count] = /^(-?\d+)([+-]\d+)?x(\d+)$/.exec(part) ?? [];
    return Array.from({ length: Number(count) + 1 }, (_, index) => Number(value) + index * Number(step));
  });
}

const minutes = fc.integer({ min: 1, max: 9 });
const stretch = fc.oneof(
  fc
    .record({ value: fc.integer({ min: -50, max: 50 }), minutes })
    .map(({ value, minutes: lasts }): SampleStretch => steady(value, `${lasts}m`)),
  fc
    .record({ from: fc.integer({ min: -50, max: 50 }), perMinute: fc.integer({ min: -5, max: 5 }), minutes })
    .map(({ minutes: lasts, ...rest }): SampleStretch => growing({ ...rest, lasts: `${lasts}m` })),
  minutes.map((lasts): SampleStretch => missing(`${lasts}m`)),
);

describe("samples", () => {
  it.each([
    [[steady(1)], 3, "1x3"],
    [[steady(1, "2m"), steady(0)], 4, "1x1 0x2"],
    [[growing({ from: 5, perMinute: 2 })], 3, "5+2x3"],
    [[growing({ from: 16e9, perMinute: -16e6 })], 1, "16000000000-16000000x1"],
    [[steady(1, "1m"), missing("2m"), steady(1)], 4, "1x0 _x2 1x1"],
    [[steady(1, "1h")], 3, "1x3"],
  ])("%j for %d minutes are %s", (samples, length, text) => {
    expect(printSamples(samples, length)).toBe(text);
  });

  it("are one a minute from the first to the last, each in its stretch", () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 60 }),
        (samples, length) => {
          const values = expand(printSamples(samples, length));
          expect(values).toHaveLength(length + 1);
          let minute = 0;
          for (const [index, { value, perMinute = 0, lasts = "1m" }] of samples.entries()) {
            const count = index === samples.length - 1 ? length + 1 - minute : Number.parseInt(lasts, 10);
            for (let within = 0; within < count && minute <= length; within++, minute++) {
              expect(values[minute]).toBe(value === undefined ? undefined : value + within * perMinute);
            }
          }
        },
      ),
    );
  });
});

describe("a series", () => {
  it("is printed with its labels quoted", () => {
    expect(printSeries({ series: "up", labels: { job: 'a"b', instance: "c" }, samples: [] })).toBe(
      'up{instance="c",job="a\\"b"}',
    );
    expect(printSeries({ series: "up", labels: {}, samples: [] })).toBe("up");
  });
});
