import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowCapabilitiesStrict as policy } from "./disallow-capabilities-strict.ts";
import { containerKinds, disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

describe("disallow-capabilities-strict", () => {
  test("finds each container that keeps capabilities, or adds any but NET_BIND_SERVICE; none on Windows", () => {
    expect(
      disagreements(policy, (fixture) => {
        if (fixture.spec.os?.name === "windows") return [];
        const containers = containersOf(fixture).map(({ name, securityContext }) => ({
          name,
          drop: securityContext?.capabilities?.drop ?? [],
          add: (securityContext?.capabilities?.add ?? []).filter((capability) => capability !== "NET_BIND_SERVICE"),
        }));
        return [
          ...containers
            .filter(({ drop }) => !drop.includes("ALL"))
            .map(({ name }) => `container ${name} does not drop ALL in securityContext.capabilities.drop`),
          ...containers
            .filter(({ add }) => add.length > 0)
            .map(({ name, add }) => `container ${name} adds ${add.join(" and ")} in securityContext.capabilities.add`),
        ];
      }),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
