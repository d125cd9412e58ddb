import { describe, expect, test } from "vitest";
import type { PodFixture } from "../admission/pod-fixture.ts";
import { disallowSelinux as policy } from "./disallow-selinux.ts";
import { disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

const offendersOf =
  (types: readonly string[]) =>
  (fixture: PodFixture): string[] => {
    const settings = securitySettings(fixture).map(({ of, sets }) => ({ of, options: sets.seLinuxOptions ?? {} }));
    return (["type", "user", "role"] as const).flatMap((field) =>
      settings.flatMap(({ of, options }) => {
        const value = options[field] ?? "";
        const isAllowed = field === "type" ? types.includes(value) : value === "";
        return isAllowed ? [] : [`${of} sets securityContext.seLinuxOptions.${field} to ${value}`];
      }),
    );
  };

const types = ["", "container_t", "container_init_t", "container_kvm_t"];

describe("disallow-selinux", () => {
  test("finds each user and role, and each type that is not one of containers", () => {
    expect(disagreements(policy, offendersOf([...types, "container_engine_t"]))).toEqual([]);
  });

  test("takes container_engine_t for one of containers since Kubernetes 1.31", () => {
    const older = policy.with({ kubernetes: "1.30" });
    expect(disagreements(older, offendersOf(types))).toEqual([]);
    expect(older.bad.flatMap(({ offenders }) => offenders)).toContain(
      "the pod sets securityContext.seLinuxOptions.type to container_engine_t",
    );
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(new Set(["containers", "initContainers", "ephemeralContainers"]));
  });
});
