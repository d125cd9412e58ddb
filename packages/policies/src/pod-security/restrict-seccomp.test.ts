import { describe, expect, test } from "vitest";
import { restrictSeccomp as policy } from "./restrict-seccomp.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

describe("restrict-seccomp", () => {
  test("finds each profile but those of the runtime and of the node", () => {
    expect(
      disagreements(policy, (fixture) =>
        securitySettings(fixture).flatMap(({ of, sets: { seccompProfile: profile } }) =>
          profile === undefined || ["RuntimeDefault", "Localhost"].includes(profile.type)
            ? []
            : [`${of} sets securityContext.seccompProfile.type to ${profile.type}`],
        ),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
