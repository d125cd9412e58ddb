import { describe, expect, test } from "vitest";
import { disallowHostProcess as policy } from "./disallow-host-process.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

describe("disallow-host-process", () => {
  test("finds the pod and each container that is a process of its node", () => {
    expect(
      disagreements(policy, (fixture) =>
        securitySettings(fixture)
          .filter(({ sets }) => sets.windowsOptions?.hostProcess === true)
          .map(({ of }) => `${of} sets securityContext.windowsOptions.hostProcess`),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
