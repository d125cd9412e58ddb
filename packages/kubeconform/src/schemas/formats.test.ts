import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bothLimits, formatLimits, quantityPattern } from "./formats.ts";

describe("formats", () => {
  it("limit integers to their bits, 64 when they name none", () => {
    expect(formatLimits({ type: "integer", format: "int32" }, "built-in")).toEqual({
      minimum: -2147483648,
      maximum: 2147483647,
    });
    expect(formatLimits({ type: "integer" }, "custom-resource")).toEqual({ minimum: -(2 ** 63), maximum: 2 ** 63 });
  });

  it("that nobody checks limit nothing", () => {
    expect(formatLimits({ type: "string", format: "hostname" }, "custom-resource")).toEqual({});
    expect(formatLimits({ type: "string", format: "ipv4" }, "built-in")).toEqual({});
    expect(formatLimits({ type: "object", format: "int32" }, "custom-resource")).toEqual({});
  });

  it("of base64 take what Go encodes, with line breaks for built-in kinds", () => {
    const pattern = (reader: "built-in" | "custom-resource"): RegExp =>
      new RegExp(String(formatLimits({ type: "string", format: "byte" }, reader)["pattern"]));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (bytes, at) => {
        const text = Buffer.from(bytes).toString("base64");
        const broken = `${text.slice(0, at % text.length)}\n${text.slice(at % text.length)}`;
        expect(pattern("built-in").test(text)).toBe(true);
        expect(pattern("built-in").test(broken)).toBe(true);
        expect(pattern("custom-resource").test(text)).toBe(true);
        expect(pattern("custom-resource").test(broken)).toBe(false);
        expect(pattern("built-in").test(text.slice(1))).toBe(false);
      }),
    );
  });

  it("stand beside limits of their own", () => {
    expect(bothLimits({ pattern: "^a" }, { pattern: "b$" })).toEqual({ pattern: "^a", allOf: [{ pattern: "b$" }] });
    expect(bothLimits({ minLength: 1 }, { pattern: "b$" })).toEqual({ minLength: 1, pattern: "b$" });
  });
});

it.each([
  ["1", true],
  ["100m", true],
  ["1.5Gi", true],
  [".5", true],
  ["1.", true],
  ["1e3", true],
  ["1E", true],
  ["-1k", true],
  ["1gi", false],
  ["1 Gi", false],
  ["1KI", false],
  ["", false],
  ["Gi", false],
])("%j is a quantity: %s", (text, expected) => {
  expect(new RegExp(quantityPattern).test(text)).toBe(expected);
});
