import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printJson } from "./print-json.ts";

describe("printed JSON", () => {
  it("sorts keys at every depth and keeps lists in order", () =>
    expect(printJson({ b: [{ d: 1, c: 2 }, 1], a: null })).toBe(
      '{\n  "a": null,\n  "b": [\n    {\n      "c": 2,\n      "d": 1\n    },\n    1\n  ]\n}\n',
    ));

  it("leaves out functions and what nobody said", () =>
    expect(
      printJson({ expr: "up", _implementsDataqueryVariant: () => {}, placement: "inControlsMenu", auto: false }),
    ).toBe('{\n  "expr": "up"\n}\n'));

  it("escapes as JSON does", () =>
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom('"', "\\", "\n", "\u007f", "\ud800", "é", "😀", " ") }),
        (a, b) => {
          expect(printJson([a, b])).toBe(`${JSON.stringify([a, b], undefined, 2)}\n`);
        },
      ),
    ));

  it("keeps what was said under the same name", () =>
    expect(JSON.parse(printJson({ legend: { placement: "bottom" }, auto: true }))).toEqual({
      legend: { placement: "bottom" },
      auto: true,
    }));

  it("reads back as the same value, has its indentation, and never holds a tab", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = printJson({ value });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value })));
        // JSON.stringify puts keys that are whole numbers first, whatever their order: the lines are the same, their order is ours.
        const theirs = `${JSON.stringify({ value }, undefined, 2)}\n`;
        expect(lines(text)).toEqual(lines(theirs));
        expect(text).not.toContain("\t");
      }),
    ));
});

/** Lines without their commas, sorted. */
function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/,$/, ""))
    .sort();
}
