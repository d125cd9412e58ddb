import { describe, expect, test } from "vitest";
import { disagreements, textAt } from "../admission/restatement.fixture.ts";
import { checkDisruptionBudgets as policy } from "./check-disruption-budgets.ts";

describe("check-disruption-budgets", () => {
  test("finds budgets that let no node be drained", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        const unavailable = textAt(resource, "spec", "maxUnavailable");
        return [
          ...(/^0%?$/.test(unavailable) ? [`maxUnavailable is ${unavailable}`] : []),
          ...(textAt(resource, "spec", "minAvailable") === "100%" ? ["minAvailable is 100%"] : []),
        ];
      }),
    ).toEqual([]);
  });
});
