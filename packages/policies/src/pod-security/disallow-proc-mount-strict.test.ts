import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowProcMountStrict as policy } from "./disallow-proc-mount-strict.ts";
import { disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

describe("disallow-proc-mount-strict", () => {
  test("finds each container that unmasks /proc, in a user namespace, too", () => {
    expect(
      disagreements(policy, (fixture) =>
        containersOf(fixture)
          .filter(({ securityContext }) => securityContext?.procMount === "Unmasked")
          .map(({ name }) => `container ${name} sets securityContext.procMount to Unmasked`),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of the kinds that have it", () => {
    expect(offendingContainerKinds(policy)).toEqual(new Set(["containers", "initContainers"]));
  });

  test("begins with the minor of Kubernetes that has the control", () => {
    expect(policy.since).toBe("1.35");
  });
});
