import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { controlsOf, type Policy, policyIn } from "../admission/policy.ts";
import { policyFindings } from "../admission/policy-findings.ts";
import { actionOf } from "../admission/rollout.ts";
import { podSecurityChecks } from "./checks.ts";
import { podSecurityPolicies } from "./pod-security-policies.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [environment] = platform.environments;
if (environment === undefined) throw new Error("the example has an environment");

const policiesAt = (kubernetes: string): readonly Policy[] =>
  podSecurityPolicies.flatMap(
    (policy) => policyIn(policy, platform, { ...environment, cluster: { ...environment.cluster, kubernetes } }) ?? [],
  );

const checkOf = (policy: Policy): string | undefined =>
  controlsOf(policy).flatMap((control) => (control.standard === "pod-security" ? [control.check] : []))[0];

/** What a policy asks, without the objects that it is tried on. */
const asked = ({ name, variables, offenders, fix }: Policy): string =>
  JSON.stringify({ name, variables, offenders, fix });

describe("the policies of the Pod Security Standards", () => {
  test("are one for each check", () => {
    expect(podSecurityPolicies.map(checkOf).sort()).toEqual(Object.keys(podSecurityChecks).sort());
  });

  test("are in the order of their names, and have no findings", () => {
    const names = podSecurityPolicies.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(policyFindings(podSecurityPolicies)).toEqual([]);
  });

  test("name the level of their check first, then what else asks for the same", () => {
    for (const policy of podSecurityPolicies) {
      const [first, ...others] = controlsOf(policy);
      const check = Object.entries(podSecurityChecks).find(([id]) => id === checkOf(policy))?.[1];
      expect(first).toMatchObject({ standard: "pod-security", level: check?.level });
      expect(others).toHaveLength((check?.cis.length ?? 0) + (check?.nsa.length ?? 0));
    }
  });

  test("refuse what the baseline forbids where an environment enforces the baseline, and report the rest", () => {
    const baseline = { ...environment, admission: { ...environment.admission, enforce: "baseline" as const } };
    for (const policy of podSecurityPolicies) {
      const [control] = controlsOf(policy);
      const isBaseline = control?.standard === "pod-security" && control.level === "baseline";
      expect([policy.name, actionOf(policy, baseline)]).toEqual([policy.name, isBaseline ? "enforce" : "audit"]);
    }
    expect(podSecurityPolicies.filter((policy) => actionOf(policy, baseline) === "enforce")).toHaveLength(12);
  });
});

describe("in an environment", () => {
  test.each([
    ["1.30", 17],
    ["1.33", 17],
    ["1.34", 18],
    ["1.35", 19],
    ["1.37", 19],
    ["1.40", 19],
  ])("with Kubernetes %s they are %i", (kubernetes, count) => {
    expect(policiesAt(kubernetes)).toHaveLength(count);
  });

  // k8s.io/pod-security-admission v0.37.0, policy/check_*.go: the minimum versions of the checks.
  test.each([
    ["1.30", "1.31", ["disallow-selinux"]],
    ["1.31", "1.32", ["restrict-sysctls"]],
    ["1.32", "1.33", []],
    ["1.33", "1.34", ["disallow-host-probes"]],
    [
      "1.34",
      "1.35",
      ["disallow-proc-mount", "disallow-proc-mount-strict", "require-run-as-non-root-user", "require-run-as-nonroot"],
    ],
    ["1.35", "1.36", []],
    ["1.36", "1.37", ["restrict-sysctls"]],
  ])("from %s to %s the only change is in %j", (before, after, changed) => {
    const old = new Set(policiesAt(before).map(asked));
    expect(
      policiesAt(after)
        .filter((policy) => !old.has(asked(policy)))
        .map(({ name }) => name),
    ).toEqual(changed);
  });

  test("the table of checks says when", () => {
    const changes = Object.entries(podSecurityChecks).flatMap(([check, { since, changes: later }]) => [
      { check, since },
      ...later.map((change) => ({ check, since: change.since })),
    ]);
    const changedIn = (minor: string): string[] =>
      changes.filter(({ since }) => since === minor).map(({ check }) => check);
    expect(changedIn("1.31")).toEqual(["seLinuxOptions"]);
    expect(changedIn("1.32")).toEqual(["sysctls"]);
    expect(changedIn("1.34")).toEqual(["hostProbesAndHostLifecycle"]);
    expect(changedIn("1.35")).toEqual(["procMount", "procMount_restricted", "runAsNonRoot", "runAsUser"]);
    expect(changedIn("1.37")).toEqual(["sysctls"]);
  });
});
