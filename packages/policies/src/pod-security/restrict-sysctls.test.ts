import { describe, expect, test } from "vitest";
import type { PodFixture } from "../admission/pod-fixture.ts";
import { restrictSysctls as policy } from "./restrict-sysctls.ts";
import { newestMinor, podSecurityRules } from "./rules.ts";
import { disagreements } from "./second-reading.fixture.ts";

const offendersOf =
  (allowed: readonly string[]) =>
  ({ spec: { securityContext } }: PodFixture): string[] =>
    (securityContext?.sysctls ?? [])
      .filter(({ name }) => !allowed.includes(name))
      .map(({ name }) => `the pod sets ${name} in securityContext.sysctls`);

describe("restrict-sysctls", () => {
  test.each([newestMinor, "1.36", "1.31", "1.28"])(
    "finds each sysctl that Kubernetes %s does not allow",
    (kubernetes) => {
      const { sysctls } = podSecurityRules(kubernetes);
      expect(disagreements(policy.with({ kubernetes }), offendersOf(sysctls))).toEqual([]);
    },
  );

  test("is tried on each one that is allowed, and on each that only a newer minor allows", () => {
    const older = policy.with({ kubernetes: "1.36" });
    const namesIn = (fixtures: readonly PodFixture[]): string[] =>
      fixtures.flatMap(({ spec }) => (spec.securityContext?.sysctls ?? []).map(({ name }) => name));
    expect(namesIn(older.good)).toEqual(podSecurityRules("1.36").sysctls);
    expect(namesIn(older.bad.map(({ fixture }) => fixture))).toEqual(
      expect.arrayContaining(["net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle"]),
    );
  });
});
