import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineCounts } from "./line-counts.ts";

describe("lines", () => {
  test("that come and go are counted as diff counts them", () => {
    expect(lineCounts("", "")).toEqual({ linesAdded: 0, linesRemoved: 0 });
    expect(lineCounts("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual({ linesAdded: 2, linesRemoved: 1 });
    expect(lineCounts("a\nb\n", "b\na\n")).toEqual({ linesAdded: 1, linesRemoved: 1 });
    expect(lineCounts("a\nb\na\nb\n", "b\na\nb\na\n")).toEqual({ linesAdded: 1, linesRemoved: 1 });
  });

  test("of texts that have nothing in common are all of them", () => {
    const text = (prefix: string) => Array.from({ length: 3_000 }, (_, line) => `${prefix}${line}\n`).join("");
    expect(lineCounts(text("a"), text("b"))).toEqual({ linesAdded: 3_000, linesRemoved: 3_000 });
  });

  test("are as many as the longest common subsequence leaves", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const common = longestCommon(before, after);
        expect(
          lineCounts(before.map((line) => `${line}\n`).join(""), after.map((line) => `${line}\n`).join("")),
        ).toEqual({
          linesAdded: after.length - common,
          linesRemoved: before.length - common,
        });
      }),
    );
  });
});

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const rows = a.reduce<readonly number[]>(
    (row, line) => {
      const next: number[] = [0];
      for (const [place, other] of b.entries())
        next.push(line === other ? (row[place] ?? 0) + 1 : Math.max(row[place + 1] ?? 0, next[place] ?? 0));
      return next;
    },
    Array.from({ length: b.length + 1 }, () => 0),
  );
  return rows.at(-1) ?? 0;
}
