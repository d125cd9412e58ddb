import { describe, expect, test } from "vitest";
import { containersOf, type PodFixture } from "../admission/pod-fixture.ts";
import { disallowProcMount as policy } from "./disallow-proc-mount.ts";
import { containerKinds, disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

const offendersOf = (fixture: PodFixture): string[] =>
  containersOf(fixture)
    .filter(({ securityContext }) => securityContext?.procMount === "Unmasked")
    .map(({ name }) => `container ${name} sets securityContext.procMount to Unmasked`);

describe("disallow-proc-mount", () => {
  test("finds each container that unmasks /proc; since Kubernetes 1.35 none in a user namespace", () => {
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
