import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { restrictSeccompStrict as policy } from "./restrict-seccomp-strict.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

describe("restrict-seccomp-strict", () => {
  test("finds each forbidden profile, and each container without one of its own or of the pod; none on Windows", () => {
    expect(
      disagreements(policy, (fixture) => {
        const { os, securityContext } = fixture.spec;
        if (os?.name === "windows") return [];
        return [
          ...securitySettings(fixture).flatMap(({ of, sets: { seccompProfile: profile } }) =>
            profile?.type === "Unconfined" ? [`${of} sets securityContext.seccompProfile.type to Unconfined`] : [],
          ),
          ...(securityContext?.seccompProfile === undefined ? containersOf(fixture) : [])
            .filter((container) => container.securityContext?.seccompProfile === undefined)
            .map(({ name }) => `container ${name} has no securityContext.seccompProfile, nor has the pod`),
        ];
      }),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
