import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import { pod } from "../admission/pod-fixture.ts";
import { policyIn, violation } from "../admission/policy.ts";
import { disallowHostPath } from "../pod-security/disallow-host-path.ts";
import { controllerTrials, ownTrials, policyDisagreements } from "./policy-trials.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });

describe("every policy of the catalogue", () => {
  test.each(policyCatalog.map((policy) => [policy.name, policy] as const))(
    "%s says of its objects what they have it say, as pods and in each controller, with each parameter",
    (_, policy) => {
      const inEnvironments = platform.environments.flatMap(
        (environment) => policyIn(policy, platform, environment) ?? [],
      );
      const different = new Map(
        [policy, ...policy.variants, ...inEnvironments].map((each) => [
          each.offenders.expression + JSON.stringify(each.variables),
          each,
        ]),
      );
      for (const each of different.values()) expect(policyDisagreements(each)).toEqual([]);
    },
  );
});

describe("the trials of a policy", () => {
  test("are its objects, and its pods in each controller that it has rules for", () => {
    expect(ownTrials(disallowHostPath)).toHaveLength(disallowHostPath.good.length + disallowHostPath.bad.length);
    expect(new Set(controllerTrials(disallowHostPath).map(({ object }) => object.kind))).toEqual(
      new Set(["CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet"]),
    );
  });

  test("show an object that is judged otherwise, everywhere", () => {
    const [bad] = disallowHostPath.bad;
    if (bad === undefined) throw new Error("the policy has a bad object");
    const wrong = policyDisagreements({ ...disallowHostPath, good: [bad.fixture], bad: [] });
    expect(wrong.map(({ object }) => object.kind)).toEqual([
      "Pod",
      ...controllerTrials({ ...disallowHostPath, good: [bad.fixture], bad: [] }).map(({ object }) => object.kind),
    ]);
    expect(wrong.map(({ verdict }) => verdict.result)).not.toContain("pass");
  });

  test("show another message", () => {
    const [bad] = disallowHostPath.bad;
    if (bad === undefined) throw new Error("the policy has a bad object");
    const other = violation(bad.fixture, "something else");
    expect(policyDisagreements({ ...disallowHostPath, good: [pod()], bad: [other] }).length).toBeGreaterThan(0);
  });
});
