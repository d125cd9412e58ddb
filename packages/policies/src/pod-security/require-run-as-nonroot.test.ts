import { describe, expect, test } from "vitest";
import { containersOf, type PodFixture } from "../admission/pod-fixture.ts";
import { requireRunAsNonroot as policy } from "./require-run-as-nonroot.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

const offendersOf = (fixture: PodFixture): string[] => [
  ...securitySettings(fixture)
    .filter(({ sets }) => sets.runAsNonRoot === false)
    .map(({ of }) => `${of} sets securityContext.runAsNonRoot to false`),
  ...(fixture.spec.securityContext?.runAsNonRoot === undefined ? containersOf(fixture) : [])
    .filter(({ securityContext }) => securityContext?.runAsNonRoot === undefined)
    .map(({ name }) => `container ${name} does not set securityContext.runAsNonRoot, nor does the pod`),
];

describe("require-run-as-nonroot", () => {
  test("finds each false, and each container for which nobody says true; since Kubernetes 1.35 none in a user namespace", () => {
    expect(disagreements(policy, (fixture) => (fixture.spec.hostUsers === false ? [] : offendersOf(fixture)))).toEqual(
      [],
    );
    const older = policy.with({ kubernetes: "1.34" });
    expect(disagreements(older, offendersOf)).toEqual([]);
    expect(older.bad.map(({ fixture }) => fixture.spec.hostUsers)).toContain(false);
    expect(policy.good.map(({ spec }) => spec.hostUsers)).toContain(false);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });
});
