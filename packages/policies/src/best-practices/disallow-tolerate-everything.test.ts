import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowTolerateEverything as policy } from "./disallow-tolerate-everything.ts";

describe("disallow-tolerate-everything", () => {
  test("finds tolerations of every taint, and of the control plane", () => {
    expect(
      disagreements(policy, ({ spec }) => {
        const controlPlane = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];
        return (spec.tolerations ?? []).flatMap(({ key = "" }) => {
          if (key === "") return ["a toleration without a key tolerates everything"];
          return controlPlane.includes(key) ? [`a toleration names ${key}`] : [];
        });
      }),
    ).toEqual([]);
  });
});
