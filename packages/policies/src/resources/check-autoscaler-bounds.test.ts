import { fieldAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { checkAutoscalerBounds as policy } from "./check-autoscaler-bounds.ts";

describe("check-autoscaler-bounds", () => {
  test("finds autoscalers that go down too far, and those that cannot scale", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const least = Number(fieldAt(resource, "spec", "minReplicas") ?? 1);
        const most = Number(fieldAt(resource, "spec", "maxReplicas"));
        return [
          ...(least < Number(parameters("replicas")) ? [`minReplicas is ${least}`] : []),
          ...(most <= least ? [`maxReplicas is ${most} and not above minReplicas`] : []),
        ];
      }),
    ).toEqual([]);
  });
});
