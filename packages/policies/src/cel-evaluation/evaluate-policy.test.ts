import { buildUntypedResource, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import { pod, podResource } from "../admission/pod-fixture.ts";
import { messageOf } from "../admission/policy.ts";
import { actionOf } from "../admission/rollout.ts";
import { disallowHostPath } from "../pod-security/disallow-host-path.ts";
import { disallowClusterAdminBindings } from "../rbac/disallow-cluster-admin.ts";
import { admissionVerdicts, evaluatePolicy, evaluatorOf } from "./evaluate-policy.ts";
import { ownTrials, trialPlace } from "./policy-trials.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [development, production] = platform.environments;
const [team] = platform.teams;
if (development === undefined || production === undefined || team === undefined)
  throw new Error("the example has environments and teams");

const place = { name: "cart", namespace: team.namespace };
const good = podResource(pod(), place);
const bad = podResource(pod({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }), place);

describe("a policy at the desk", () => {
  test("says what is wrong and what to do about it", () => {
    expect(evaluatePolicy(disallowHostPath, good)).toEqual({ result: "pass" });
    expect(evaluatePolicy(disallowHostPath, bad)).toEqual({
      result: "fail",
      messages: [messageOf(disallowHostPath, ["volume logs is the hostPath /var/log"])],
    });
  });

  test("judges an object that names no namespace", () => {
    const object = buildUntypedResource({ ...bad, metadata: { name: "cart" } });
    expect(evaluatePolicy(disallowHostPath, object).result).toBe("fail");
  });

  test("does not look at other kinds", () => {
    const object = buildUntypedResource({ apiVersion: "v1", kind: "Service", metadata: place, spec: {} });
    expect(evaluatePolicy(disallowHostPath, object)).toEqual({
      result: "skip",
      because: "no rule is about CREATE of services in v1",
    });
  });

  test("cannot tell of an object that is none", () => {
    const object = buildUntypedResource({ apiVersion: "v1", kind: "Pod", metadata: place });
    expect(evaluatePolicy(disallowHostPath, object).result).toBe("error");
  });
});

describe("an update", () => {
  const judgingUpdates = policyCatalog.filter(({ match }) => match.operations.includes("UPDATE"));

  test.each(judgingUpdates.map((policy) => [policy.name, policy] as const))(
    "that leaves alone what %s reads is let through, and one that makes something bad is not",
    (_, policy) => {
      const trials = ownTrials(policy);
      const ask = evaluatorOf(policy, trialPlace.namespace);
      for (const { object, expected } of trials.filter(({ expected: { result } }) => result === "fail")) {
        const later = buildUntypedResource({ ...object, status: { observedGeneration: 2 } });
        expect(ask(later, { operation: "UPDATE", oldObject: object })).toEqual({ result: "pass" });
        const before = trials.filter((trial) => trial.expected.result === "pass");
        const verdicts = before.map((trial) => ask(object, { operation: "UPDATE", oldObject: trial.object }));
        expect(verdicts).toContainEqual(expected);
      }
    },
  );
});

describe("the policies of an environment", () => {
  const verdicts = (environment: typeof production, object: Resource): ReturnType<typeof admissionVerdicts> =>
    admissionVerdicts(policyCatalog, platform, environment, object);

  test("are those that look at the object, with the action that they have there", () => {
    const found = verdicts(production, bad).find(({ policy }) => policy === disallowHostPath.name);
    expect(found).toEqual({
      policy: disallowHostPath.name,
      action: actionOf(disallowHostPath, production),
      verdict: evaluatePolicy(disallowHostPath, bad),
    });
    expect(verdicts(production, bad).map(({ verdict }) => verdict.result)).not.toContain("skip");
    expect(verdicts(development, bad).find(({ policy }) => policy === disallowHostPath.name)?.action).toBe(
      actionOf(disallowHostPath, development),
    );
  });

  test("look at no object outside the namespaces of teams", () => {
    const elsewhere = buildUntypedResource({ ...bad, metadata: { name: "cart", namespace: "kube-system" } });
    expect(verdicts(production, elsewhere)).toEqual([]);
  });

  test("look at a binding of somebody, and at none of the platform", () => {
    const [binding] = ownTrials(disallowClusterAdminBindings).filter(({ expected }) => expected.result === "fail");
    if (binding === undefined) throw new Error("the policy has a bad object");
    const named = (name: string): Resource => buildUntypedResource({ ...binding.object, metadata: { name } });
    const judged = (object: Resource): string[] =>
      verdicts(production, object).flatMap(({ policy }) =>
        policy === disallowClusterAdminBindings.name ? [policy] : [],
      );
    expect(judged(named("somebody"))).toEqual([disallowClusterAdminBindings.name]);
    expect(judged(named("system:anything"))).toEqual([]);
  });
});
