import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowNakedPods as policy } from "./disallow-naked-pods.ts";

describe("disallow-naked-pods", () => {
  test("finds pods that nobody makes anew", () => {
    expect(
      disagreements(policy, ({ ownerReferences = [] }) => {
        return ownerReferences.length === 0 ? ["the pod has no ownerReferences"] : [];
      }),
    ).toEqual([]);
  });

  test("is asked of Pods when they are created, and of nothing that makes pods", () => {
    expect(policy.match).toMatchObject({ controllers: [], operations: ["CREATE"] });
  });
});
