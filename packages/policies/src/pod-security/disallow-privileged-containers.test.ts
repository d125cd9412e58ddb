import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { controlsOf } from "../admission/policy.ts";
import { disallowPrivilegedContainers as policy } from "./disallow-privileged-containers.ts";

describe("disallow-privileged-containers", () => {
  test("finds each container that is privileged, of every kind, and names it", () => {
    for (const { fixture, offenders } of policy.bad) {
      const privileged = containersOf(fixture).filter(({ securityContext }) => securityContext?.privileged === true);
      expect(offenders).toEqual(privileged.map(({ name }) => `container ${name} sets securityContext.privileged`));
    }
  });

  test("lets pass containers that are not privileged, or say nothing of it", () => {
    const said = policy.good.flatMap(containersOf).map(({ securityContext }) => securityContext?.privileged);
    expect(new Set(said)).toEqual(new Set([undefined, false]));
  });

  test("is tried on containers, init containers and ephemeral containers", () => {
    for (const kind of ["containers", "initContainers", "ephemeralContainers"] as const) {
      expect(
        policy.bad.some(({ fixture }) => JSON.stringify(fixture.spec[kind] ?? []).includes('"privileged":true')),
      ).toBe(true);
    }
  });

  test("is a control of the baseline, so that it is among the first to refuse", () => {
    expect(controlsOf(policy)[0]).toEqual({ standard: "pod-security", level: "baseline", check: "privileged" });
  });
});
