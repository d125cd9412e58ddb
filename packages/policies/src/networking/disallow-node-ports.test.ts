import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { disallowNodePorts as policy } from "./disallow-node-ports.ts";

describe("disallow-node-ports", () => {
  test("finds Services of the type NodePort", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        return valueTextAt(resource, "spec", "type") === "NodePort" ? ["type is NodePort"] : [];
      }),
    ).toEqual([]);
  });
});
