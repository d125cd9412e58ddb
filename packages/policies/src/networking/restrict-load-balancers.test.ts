import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { restrictLoadBalancers as policy } from "./restrict-load-balancers.ts";

describe("restrict-load-balancers", () => {
  test("finds load balancers that do not say who reaches them, or say the internet", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const annotation = String(parameters("annotation"));
        const value = valueTextAt(resource, "metadata", "annotations", annotation);
        const allowed = listAt({ values: parameters("values") }, "values").includes(value);
        return valueTextAt(resource, "spec", "type") === "LoadBalancer" && !allowed
          ? [`type is LoadBalancer without the annotation ${annotation}`]
          : [];
      }),
    ).toEqual([]);
  });
});
