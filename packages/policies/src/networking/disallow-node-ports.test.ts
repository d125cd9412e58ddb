import { describe, expect, test } from "vitest";
import { disagreements, textAt } from "../admission/restatement.fixture.ts";
import { disallowNodePorts as policy } from "./disallow-node-ports.ts";

describe("disallow-node-ports", () => {
  test("finds Services of the type NodePort", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        return textAt(resource, "spec", "type") === "NodePort" ? ["type is NodePort"] : [];
      }),
    ).toEqual([]);
  });
});
