import { describe, expect, test } from "vitest";
import type { PodFixture } from "../admission/pod-fixture.ts";
import { requireRunAsNonRootUser as policy } from "./require-run-as-non-root-user.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

const offendersOf = (fixture: PodFixture): string[] =>
  securitySettings(fixture)
    .filter(({ sets }) => sets.runAsUser === 0)
    .map(({ of }) => `${of} sets securityContext.runAsUser to 0`);

describe("require-run-as-non-root-user", () => {
  test("finds the pod and each container that chooses the user 0; since Kubernetes 1.35 none in a user namespace", () => {
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
