import { describe, expect, test } from "vitest";
import { re2 } from "./re2.ts";

describe("a regular expression of RE2", () => {
  test.each([
    ["^a+$", "aaa", true],
    ["(?i)^password$", "PassWord", true],
    ["^password$", "PassWord", false],
    ["(?is)a.b", "A\nB", true],
    ["\\Aa\\z", "a", true],
    ["\\Aa\\z", "a\n", false],
    ["(?P<word>a)b", "ab", true],
    ["\\(\\?=", "(?=", true],
    ["[.:]|^localhost$", "localhost", true],
    ["(?:a|b)c", "bc", true],
  ])("%s on %j: %j", (pattern, text, found) => expect(re2(pattern).test(text)).toBe(found));

  test.each(["a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(a)\\1", "("])("%s is none", (pattern) =>
    expect(() => re2(pattern)).toThrow(SyntaxError),
  );
});
