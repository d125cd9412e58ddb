import { examplePlatform } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { podResource } from "../admission/pod-fixture.ts";
import { controlsOf, policyIn } from "../admission/policy.ts";
import { podSecurityChecks } from "../pod-security/checks.ts";
import { podSecurityPolicies } from "../pod-security/pod-security-policies.ts";
import { podSecurityRules } from "../pod-security/rules.ts";
import { evaluatorOf } from "./evaluate-policy.ts";
import { podSecurityReading } from "./pod-security-reading.fixture.ts";
import { randomPod } from "./random-pod.fixture.ts";

const platform = examplePlatform();
const [environment] = platform.environments;
if (environment === undefined) throw new Error("the example has an environment");

const checkIds = Object.keys(podSecurityChecks);

const evaluatorsAt = (kubernetes: string) =>
  podSecurityPolicies.flatMap((policy) => {
    const resolved = policyIn(policy, platform, { ...environment, cluster: { ...environment.cluster, kubernetes } });
    const check = controlsOf(policy).flatMap((each) => (each.standard === "pod-security" ? [each.check] : []))[0];
    if (resolved === undefined || check === undefined) return [];
    const reads = Object.entries(podSecurityReading).find(([id]) => id === check)?.[1];
    if (reads === undefined) throw new Error(`nobody reads ${check}`);
    return [{ check, reads, ask: evaluatorOf(resolved, "team-example") }];
  });

describe("two readings of the Pod Security Standards, in CEL and in TypeScript,", () => {
  test.each(["1.30", "1.34", "1.37"])("agree about pods of every sort with Kubernetes %s", (kubernetes) => {
    const rules = podSecurityRules(kubernetes);
    const evaluators = evaluatorsAt(kubernetes);
    fc.assert(
      fc.property(randomPod, (fixture) => {
        const object = podResource(fixture, { name: "tried", namespace: "team-example" });
        const said = evaluators.map(({ check, ask }) => [check, ask(object).result]);
        expect(said).toEqual(evaluators.map(({ check, reads }) => [check, reads(fixture, rules) ? "pass" : "fail"]));
      }),
      { numRuns: 50 },
    );
  });

  test("are about pods that pass and pods that do not, for each check", () => {
    const rules = podSecurityRules("1.37");
    const pods = fc.sample(randomPod, { numRuns: 300, seed: 1 });
    const seen = Object.entries(podSecurityReading).map(([check, reads]) => [
      check,
      new Set(pods.map((each) => reads(each, rules))).size,
    ]);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(checkIds.map((check) => [check, 2])));
  });
});
