import { fieldAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { limitScratchSpace as policy } from "./limit-scratch-space.ts";

describe("limit-scratch-space", () => {
  test("finds scratch space that nothing bounds", () => {
    expect(
      disagreements(policy, ({ spec }) => {
        const bounded = spec.containers.every(
          ({ resources }) => resources?.limits?.["ephemeral-storage"] !== undefined,
        );
        return (spec.volumes ?? [])
          .filter((volume) => "emptyDir" in volume && fieldAt(volume, "emptyDir", "sizeLimit") === undefined)
          .filter((volume) => fieldAt(volume, "emptyDir", "medium") === "Memory" || !bounded)
          .map(({ name }) => `volume ${name} is an emptyDir without sizeLimit`);
      }),
    ).toEqual([]);
  });
});
