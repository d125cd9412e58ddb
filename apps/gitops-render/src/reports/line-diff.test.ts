import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldDiff, lineDiff } from "./line-diff.ts";

describe("a field that changed", () => {
  it("is told before and after", () => {
    expect(fieldDiff({ path: "a", before: "1", after: "2" })).toEqual(["@@ a @@", "- 1", "+ 2"]);
    expect(fieldDiff({ path: "a", after: "2" })).toEqual(["@@ a @@", "+ 2"]);
    expect(fieldDiff({ path: "a", before: "1" })).toEqual(["@@ a @@", "- 1"]);
    expect(fieldDiff({ path: "a", before: "x\ny", after: "y\nx", order: true })[0]).toBe("@@ a (order) @@");
  });

  it("of many lines is told around its differences", () => {
    const before = Array.from({ length: 20 }, (_, place) => `line ${place}`);
    const after = before.toSpliced(10, 1, "other");
    expect(lineDiff(before, after)).toEqual([
      "  … 8 equal lines",
      "  line 8",
      "  line 9",
      "- line 10",
      "+ other",
      "  line 11",
      "  line 12",
      "  … 7 equal lines",
    ]);
  });
});

describe("the lines of a difference", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 });
  const counts = (told: readonly string[], sign: string): number => told.filter((line) => line.startsWith(sign)).length;

  it("are all that was removed and all that was added", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const told = lineDiff(before, after);
        const equal = told.reduce((sum, line) => {
          const left = /^ {2}… (\d+) equal/.exec(line)?.[1];
          return sum + (left === undefined ? Number(line.startsWith("  ")) : Number(left));
        }, 0);
        expect(counts(told, "- ") + equal).toBe(before.length);
        expect(counts(told, "+ ") + equal).toBe(after.length);
      }),
    );
  });

  it("mirror each other in the other order", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [there, back] = [lineDiff(before, after), lineDiff(after, before)];
        expect(counts(there, "- ")).toBe(counts(back, "+ "));
        expect(counts(there, "+ ")).toBe(counts(back, "- "));
      }),
    );
  });

  it("of texts that are too long to compare are told whole", () => {
    const long = (text: string): string[] => Array.from({ length: 600 }, (_, place) => `${text} ${place}`);
    const told = lineDiff(["same", ...long("a")], ["same", ...long("b")]);
    expect([counts(told, "- "), counts(told, "+ ")]).toEqual([600, 600]);
  });
});
