import { describe, expect, it } from "vitest";
import { labelPattern, re2Problem } from "./re2.ts";

// Each verdict is that of Go's regexp/syntax, by way of Prometheus 3.15.
describe("a regular expression of a matcher", () => {
  it.each([
    ["a.*|b", "abc", true],
    ["a.*|b", "bc", false],
    [".+", "", false],
    ["", "", true],
    ["a.b", "a\nb", true],
    ["a\\.b", "axb", false],
    ["[[:alpha:]]+", "aZ", true],
    ["[^a-c]", "d", true],
    ["[]a]", "]", true],
    ["(?i)up", "UP", true],
    ["\\x41\\x{42}\\103", "ABC", true],
    ["\\pL\\p{Greek}\\PN", "aβ.", true],
    ["(?P<name>a)(?:b)(?<other>c)", "abc", true],
    ["(?<n>a)(?<n>b)", "ab", true],
    ["a{2}", "aa", true],
    ["a{,2}", "a{,2}", true],
    ["\\Aa\\z", "a", true],
    ["\\Q.\\E", ".", true],
    ["\\Q.\\E", "a", false],
    ["x\\-y", "x-y", true],
  ])("%s and %s: %s", (source, value, matches) => expect(labelPattern(source).matches(value)).toBe(matches));

  it.each([
    "(",
    ")",
    "[",
    "[b-a]",
    "*a",
    "a**",
    "a{2}{3}",
    "a{1001}",
    "(a{50}){50}",
    "a{3,2}",
    "(?=a)",
    "(?<!a)",
    "\\1",
    "\\Z",
    "\\C",
    "\\é",
    "\\p{Klingon}",
    "[[:nope:]]",
    "a\\",
    "(?x)",
  ])("%s is refused", (source) => expect(labelPattern(source).problem).toBeDefined());

  it("counts its groups", () => {
    expect(labelPattern("(a)(?:b)(?P<c>d)").groups).toBe(2);
  });

  it("does not guess where an answer could take forever", () => {
    expect(labelPattern("(a+)+b").matches("a".repeat(50))).toBeUndefined();
    expect(labelPattern("(a+)+").matches("")).toBe(false);
    expect(labelPattern("(?m)a").matches("a")).toBeUndefined();
  });
});

describe("a regular expression of Go", () => {
  it.each(["(?=a)", "(?<!a)b", "(a)\\1", "a(", "[a", "*a"])("is refused with the reason: %s", (pattern) =>
    expect(re2Problem(pattern)).toMatch(/./),
  );

  it.each(["^a+$", "(?i)token", "(?P<shop>[^/]+)", "(?s:.)x", "\\Qa(\\E", "a\\(", "[[:alpha:]]+", "\\\\1"])(
    "is taken: %s",
    (pattern) => expect(re2Problem(pattern)).toBeUndefined(),
  );
});
