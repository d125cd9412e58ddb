import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowHostPorts as policy } from "./disallow-host-ports.ts";
import { disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

describe("disallow-host-ports", () => {
  test("finds each port of the node that a container takes, and says which; 0 is none", () => {
    expect(
      disagreements(policy, (fixture) =>
        containersOf(fixture).flatMap(({ name, ports = [] }) => {
          const taken = ports.flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [hostPort]));
          return taken.length === 0 ? [] : [`container ${name} takes the hostPort ${taken.join(" and ")}`];
        }),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of the kinds that have it", () => {
    expect(offendingContainerKinds(policy)).toEqual(new Set(["containers", "initContainers"]));
  });
});
