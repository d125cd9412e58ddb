import { describe, expect, test } from "vitest";
import { type LabelSelector, matchesSelector } from "./label-selector.ts";

const matching = (selector: LabelSelector, ...labels: Record<string, string>[]): boolean[] =>
  labels.map((each) => matchesSelector(selector, each));

describe("a label selector", () => {
  test("that is empty matches everything", () => {
    expect(matching({}, {}, { app: "web" })).toEqual([true, true]);
  });

  test("asks for each of its labels", () => {
    const selector = { matchLabels: { app: "web", tier: "high" } };
    expect(
      matching(selector, { app: "web", tier: "high", more: "x" }, { app: "web" }, { app: "api", tier: "high" }),
    ).toEqual([true, false, false]);
  });

  // kubernetes.io/docs/concepts/overview/working-with-objects/labels: NotIn and DoesNotExist hold for labels that are not there.
  test.each([
    ["In", [true, false, false]],
    ["NotIn", [false, true, true]],
    ["Exists", [true, true, false]],
    ["DoesNotExist", [false, false, true]],
  ])("with %s holds for web, api and no label: %j", (operator, expected) => {
    const selector = {
      matchExpressions: [{ key: "app", operator, ...(operator.endsWith("In") ? { values: ["web", "front"] } : {}) }],
    };
    expect(matching(selector, { app: "web" }, { app: "api" }, {})).toEqual(expected);
  });

  test("asks for all of its parts", () => {
    expect(
      matchesSelector(
        { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "Exists" }] },
        { app: "web" },
      ),
    ).toBe(false);
  });

  test("has no other operators", () => {
    expect(() => matchesSelector({ matchExpressions: [{ key: "app", operator: "Like" }] }, {})).toThrow(RangeError);
  });
});
