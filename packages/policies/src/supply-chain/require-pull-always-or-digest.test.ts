import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requirePullAlwaysOrDigest as policy } from "./require-pull-always-or-digest.ts";

describe("require-pull-always-or-digest", () => {
  test("finds tags that the node may answer for itself", () => {
    expect(
      disagreements(policy, (fixture) => {
        return containersOf(fixture)
          .filter(({ image = "", imagePullPolicy }) => !image.includes("@") && imagePullPolicy !== "Always")
          .map(
            ({ name, image, imagePullPolicy = "IfNotPresent" }) =>
              `container ${name} runs the image ${image} with imagePullPolicy ${imagePullPolicy}`,
          );
      }),
    ).toEqual([]);
  });
});
