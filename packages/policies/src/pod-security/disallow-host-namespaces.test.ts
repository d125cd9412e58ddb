import { describe, expect, test } from "vitest";
import { disallowHostNamespaces as policy } from "./disallow-host-namespaces.ts";

const fields = ["hostNetwork", "hostPID", "hostIPC"] as const;

describe("disallow-host-namespaces", () => {
  test("finds each namespace of the host that a pod takes, and names the field", () => {
    for (const { fixture, offenders } of policy.bad) {
      expect(offenders).toEqual(
        fields.filter((field) => fixture.spec[field] === true).map((field) => `${field} is true`),
      );
    }
  });

  test("is tried on each of them alone", () => {
    for (const field of fields) {
      expect(policy.bad.some(({ offenders }) => offenders.length === 1 && offenders[0] === `${field} is true`)).toBe(
        true,
      );
    }
  });

  test("lets pass pods that say false, or nothing", () => {
    expect(new Set(policy.good.flatMap(({ spec }) => fields.map((field) => spec[field])))).toEqual(
      new Set([undefined, false]),
    );
  });
});
