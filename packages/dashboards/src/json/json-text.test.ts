import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "./json-text.ts";

describe("printed JSON", () => {
  it("sorts keys at every depth and keeps lists in order", () =>
    expect(jsonText({ b: [{ d: 1, c: 2 }, 1], a: null })).toBe('{ "a": null, "b": [{ "c": 2, "d": 1 }, 1] }\n'));

  it("gives what does not fit on a line a line for each member", () => {
    const [first, second] = ["a".repeat(60), "b".repeat(60)];
    expect(jsonText({ list: [first, second], small: { h: 8, w: 24 } })).toBe(
      `{\n  "list": [\n    "${first}",\n    "${second}"\n  ],\n  "small": { "h": 8, "w": 24 }\n}\n`,
    );
  });

  it("gives a question its own line, and whatever stands around it", () =>
    expect(jsonText({ targets: [{ expr: "up", refId: "A" }], title: "Up" })).toBe(
      '{\n  "targets": [\n    {\n      "expr": "up",\n      "refId": "A"\n    }\n  ],\n  "title": "Up"\n}\n',
    ));

  it("prints nothing on nothing", () => expect(jsonText({ a: {}, b: [] })).toBe('{ "a": {}, "b": [] }\n'));

  it("leaves out functions, and what is not to be said", () =>
    expect(jsonText({ expr: "up", build: () => {}, auto: false }, (key) => key !== "auto")).toBe(
      '{\n  "expr": "up"\n}\n',
    ));

  it("escapes as JSON does", () =>
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom('"', "\\", "\n", "\u007f", "\ud800", "é", "😀", " ") }),
        (a, b) => {
          expect(JSON.parse(jsonText([a, b]))).toEqual([a, b]);
          expect(jsonText(b)).toBe(`${JSON.stringify(b)}\n`);
        },
      ),
    ));

  it("reads back as the same value, and never holds a tab", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = jsonText({ value });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value })));
        expect(text).not.toContain("\t");
      }),
    ));

  it("holds several values on a line only where it is no longer than 120 columns", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const long = jsonText({ value })
          .split("\n")
          .filter((line) => line.length > 120);
        // One name and one value: nothing could be broken.
        for (const line of long) expect(line).toMatch(/^ *("(?:[^"\\]|\\.)*": )?("(?:[^"\\]|\\.)*"|[^{[]*)[,{[]?$/);
      }),
    ));
});
