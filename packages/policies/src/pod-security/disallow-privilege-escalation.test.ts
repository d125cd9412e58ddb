import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowPrivilegeEscalation as policy } from "./disallow-privilege-escalation.ts";
import { containerKinds, disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

describe("disallow-privilege-escalation", () => {
  test("finds each container that does not say false; none on Windows", () => {
    expect(
      disagreements(policy, (fixture) =>
        fixture.spec.os?.name === "windows"
          ? []
          : containersOf(fixture)
              .filter(({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false)
              .map(({ name }) => `container ${name} does not set securityContext.allowPrivilegeEscalation to false`),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
