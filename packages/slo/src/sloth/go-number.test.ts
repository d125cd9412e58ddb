import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatGoNumber } from "./go-number.ts";

describe("a number in a rule", () => {
  // Printed by Go 1.26 with %g.
  it.each([
    [0, "0"],
    [1, "1"],
    [14.4, "14.4"],
    [100_000, "100000"],
    [1e6, "1e+06"],
    [1_234_567, "1.234567e+06"],
    [12_345_678.9, "1.23456789e+07"],
    [123_456.789, "123456.789"],
    [1e21, "1e+21"],
    [0.0001, "0.0001"],
    [0.00009999, "9.999e-05"],
    [1.5e-7, "1.5e-07"],
    [1e-5, "1e-05"],
    [2.5e-100, "2.5e-100"],
  ])("%d is printed %s", (value, text) => expect(formatGoNumber(value)).toBe(text));

  it("is the same number when it is read again", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatGoNumber(value))).toBe(value + 0);
      }),
    );
  });
});
