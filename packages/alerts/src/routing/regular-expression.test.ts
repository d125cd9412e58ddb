import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchoredExpression } from "./regular-expression.ts";

describe("a regular expression of a matcher", () => {
  it.each([
    ["a|b", "b", true],
    ["a|b", "ab", false],
    ["a.*", "abc", true],
    ["a.b", "a\nb", false],
    ["a.b", "a\u2028b", true],
    ["[^a]", "\n", true],
    ["\\d", "٣", false],
    ["a\\-b", "a-b", true],
    ["(?:a|b)*", "", true],
    ["", "", true],
    ["", "a", false],
  ])("%j takes %j: %j, as Go's does", (pattern, value, expected) => {
    expect(anchoredExpression(pattern)?.test(value)).toBe(expected);
  });

  it.each([
    "(?i)a",
    "(?P<name>a)",
    "(?=a)",
    "\\pL",
    "[[:alpha:]]",
    "\\s",
    "\\Qa\\E",
    "(a)\\1",
    "\\x61",
    "[]a]",
    "a{1001}",
  ])("%j is refused: Go and JavaScript read it differently", (pattern) => {
    expect(anchoredExpression(pattern)).toBeUndefined();
  });

  it.each(["a(", "[a-", "*", "a**", "a\\", "x{2,1}"])("%j is refused: it is none", (pattern) => {
    expect(anchoredExpression(pattern)).toBeUndefined();
  });

  it("of any text with its special characters escaped takes that text alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, other) => {
        const expression = anchoredExpression(text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&"));
        expect(expression?.test(text)).toBe(true);
        expect(expression?.test(other)).toBe(text === other);
      }),
    );
  });
});
