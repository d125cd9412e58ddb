import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  annotationKeyPattern,
  builtInNameRule,
  labelKeyPattern,
  labelValuePattern,
  type NameRule,
  nameLimits,
} from "./names.ts";

const takes = (rule: NameRule, name: string): boolean => {
  const { pattern, maxLength } = nameLimits[rule];
  return new RegExp(String(pattern)).test(name) && name.length <= Number(maxLength ?? Number.POSITIVE_INFINITY);
};

describe("the names of objects", () => {
  it.each<[NameRule, string, boolean]>([
    ["dns-subdomain", "a.b-c.1", true],
    ["dns-subdomain", "a..b", false],
    ["dns-subdomain", "A", false],
    ["dns-subdomain", "-a", false],
    ["dns-subdomain", "a".repeat(253), true],
    ["dns-subdomain", "a".repeat(254), false],
    ["dns-subdomain-52", "a".repeat(53), false],
    ["dns-label", "a-1", true],
    ["dns-label", "a.b", false],
    ["dns-label", "a".repeat(64), false],
    ["path-segment", "system:node A", true],
    ["path-segment", "..a", true],
    ["path-segment", ".", false],
    ["path-segment", "..", false],
    ["path-segment", "", false],
    ["path-segment", "a%b", false],
  ])("%s and %s: %s", (rule, name, taken) => {
    expect(takes(rule, name)).toBe(taken);
  });

  it("are path segments exactly when they are no dots and have neither slash nor percent sign", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(".", "/", "%", "a", "\n", "é") }), (name) => {
        const isSegment = name !== "" && name !== "." && name !== ".." && !/[/%]/.test(name);
        expect(takes("path-segment", name)).toBe(isSegment);
      }),
    );
  });

  it("follow the rule of their kind", () => {
    expect(builtInNameRule("", "Namespace")).toBe("dns-label");
    expect(builtInNameRule("batch", "CronJob")).toBe("dns-subdomain-52");
    expect(builtInNameRule("rbac.authorization.k8s.io", "ClusterRole")).toBe("path-segment");
    expect(builtInNameRule("example.com", "Widget")).toBe("path-segment");
  });
});

describe("labels and annotations", () => {
  it.each([
    ["app", true],
    ["app.kubernetes.io/name", true],
    ["Example.com/name", false],
    ["a/b/c", false],
    ["/a", false],
    ["bad key", false],
    ["a".repeat(64), false],
  ])("have the key %s: %s", (key, taken) => {
    expect(new RegExp(labelKeyPattern).test(key)).toBe(taken);
  });

  it("of annotations may have capitals before the slash", () => {
    expect(new RegExp(annotationKeyPattern).test("Example.com/name")).toBe(true);
  });

  it.each([
    ["", true],
    ["a_b.C-1", true],
    ["-a", false],
    ["a b", false],
    ["a".repeat(64), false],
  ])("have the value %j: %s", (value, taken) => {
    expect(new RegExp(labelValuePattern).test(value)).toBe(taken);
  });
});
