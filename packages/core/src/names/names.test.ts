import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, nearestName } from "./names.ts";

describe("a DNS label", () => {
  it.each(["a", "0", "a-b", "checkout", "1-a", "a".repeat(63)])("accepts %s", (name) =>
    expect(isDnsLabel(name)).toBe(true),
  );
  it.each(["", "-a", "a-", "A", "a.b", "a_b", "ä", "a b", "a\n", "../../etc", "a".repeat(64)])("refuses %j", (name) =>
    expect(isDnsLabel(name)).toBe(false),
  );
});

describe("a DNS subdomain", () => {
  it.each(["a", "a.b", "shop.example.com", `${"a".repeat(63)}.b`])("accepts %s", (name) =>
    expect(isDnsSubdomain(name)).toBe(true),
  );
  it.each(["", ".", "a.", ".a", "a..b", "a.-b", "a/b", "a".repeat(254)])("refuses %j", (name) =>
    expect(isDnsSubdomain(name)).toBe(false),
  );

  it("is what DNS labels joined by dots are", () => {
    const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 10 }), (labels) => isDnsSubdomain(labels.join("."))),
    );
  });
});

describe("a label", () => {
  it.each(["app", "app.kubernetes.io/name", "a_b.C-d", "example.com/A"])("has the key %s", (key) =>
    expect(isLabelKey(key)).toBe(true),
  );
  it.each(["", "/a", "a/", "A.b/c", "a/b/c", "a b", `${"a".repeat(64)}`])("does not have the key %j", (key) =>
    expect(isLabelKey(key)).toBe(false),
  );
  it.each(["", "a", "1.10", "A_b", "a".repeat(63)])("has the value %j", (value) =>
    expect(isLabelValue(value)).toBe(true),
  );
  it.each(["_a", "a_", "a b", "a/b", "ä", "a".repeat(64)])("does not have the value %j", (value) =>
    expect(isLabelValue(value)).toBe(false),
  );
});

describe("the nearest name", () => {
  it("is the one with the fewest typing errors", () =>
    expect(nearestName("chekout", ["cart", "checkout", "email"])).toBe("checkout"));
  it("is none when nothing is near", () => expect(nearestName("billing", ["cart", "email"])).toBeUndefined());
});
