import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { checkDisruptionBudgets as policy } from "./check-disruption-budgets.ts";

describe("check-disruption-budgets", () => {
  test("finds budgets that let no node be drained", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        const unavailable = valueTextAt(resource, "spec", "maxUnavailable");
        return [
          ...(/^0%?$/.test(unavailable) ? [`maxUnavailable is ${unavailable}`] : []),
          ...(valueTextAt(resource, "spec", "minAvailable") === "100%" ? ["minAvailable is 100%"] : []),
        ];
      }),
    ).toEqual([]);
  });
});
