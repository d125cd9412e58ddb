import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Matcher, matches, parseMatcher, printMatcher } from "./matcher.ts";

const matcher = fc.record<Matcher>({
  label: fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,9}$/),
  operator: fc.constantFrom("=", "!="),
  value: fc.string({ unit: "grapheme" }),
});

describe("a matcher", () => {
  it("is read back as it was printed, whatever its value", () => {
    fc.assert(
      fc.property(matcher, (written) => {
        expect(parseMatcher(printMatcher(written))).toEqual(written);
      }),
    );
  });

  it("may do without quotes where the value is plain", () => {
    expect(parseMatcher("severity = critical")).toEqual({ label: "severity", operator: "=", value: "critical" });
  });

  it.each([
    "",
    "severity",
    "=critical",
    'severity=="critical"',
    'a="b",c="d"',
    '{a="b"}',
    'a=~"("',
    'a="\\d"',
    "a=",
    "a-b=c",
    'a=">',
  ])("%j is none", (text) => {
    expect(parseMatcher(text)).toBeUndefined();
  });

  it("takes a label that is not there for an empty one", () => {
    expect(matches({ label: "team", operator: "=", value: "" }, {})).toBe(true);
    expect(matches({ label: "team", operator: "=~", value: ".*" }, {})).toBe(true);
    expect(matches({ label: "team", operator: "!=", value: "" }, {})).toBe(false);
  });

  it("does not mistake what every object has for a label", () => {
    expect(matches({ label: "constructor", operator: "=", value: "" }, {})).toBe(true);
  });

  it("with ! is the opposite", () => {
    const labels = fc.dictionary(fc.constantFrom("a", "b"), fc.constantFrom("", "x", "xy"));
    fc.assert(
      fc.property(labels, fc.constantFrom("", "x", "x|xy", "x.", ".+"), (set, value) => {
        expect(matches({ label: "a", operator: "!~", value }, set)).toBe(
          !matches({ label: "a", operator: "=~", value }, set),
        );
        expect(matches({ label: "a", operator: "!=", value }, set)).toBe(
          !matches({ label: "a", operator: "=", value }, set),
        );
      }),
    );
  });
});
