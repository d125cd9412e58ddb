import { describe, expect, test } from "vitest";
import { containersOf, type PodFixture, type ResourcesFixture } from "../admission/pod-fixture.ts";
import { requireRequestsLimits as policy } from "./require-requests-limits.ts";

/** The rule once more, in words that are not CEL. */
function lacking(pod: ResourcesFixture, own: ResourcesFixture): string[] {
  const requested = (name: string): boolean =>
    [pod, own].some(({ requests = {}, limits = {} }) => name in requests || name in limits);
  return [
    ...(requested("cpu") ? [] : ["resources.requests.cpu"]),
    ...(requested("memory") ? [] : ["resources.requests.memory"]),
    ...([pod, own].some(({ limits = {} }) => "memory" in limits) ? [] : ["resources.limits.memory"]),
  ];
}

function offendersOf(fixture: PodFixture): string[] {
  return containersOf(fixture)
    .filter(({ name }) => name !== "debugger")
    .map(({ name, resources = {} }) => ({ name, missing: lacking(fixture.spec.resources ?? {}, resources) }))
    .filter(({ missing }) => missing.length > 0)
    .map(({ name, missing }) => `container ${name} lacks ${missing.join(" and ")}`);
}

describe("require-requests-limits", () => {
  test("says of each container which field it lacks", () => {
    for (const { fixture, offenders } of policy.bad) expect(offenders).toEqual(offendersOf(fixture));
  });

  test("lets pass containers whose limit is the request, and those whose pod says it for them", () => {
    expect(policy.good.flatMap(offendersOf)).toEqual([]);
    expect(
      policy.good.filter((fixture) =>
        containersOf(fixture).some(
          ({ resources }) => resources?.requests === undefined && resources?.limits !== undefined,
        ),
      ),
    ).toHaveLength(1);
    expect(policy.good.filter((fixture) => fixture.spec.resources?.limits !== undefined)).toHaveLength(3);
  });

  test("does not ask it of ephemeral containers, which may not have resources", () => {
    expect(policy.good.some(({ spec }) => spec.ephemeralContainers !== undefined)).toBe(true);
    expect(policy.variables["running"]?.expression).not.toContain("ephemeralContainers");
  });
});
