import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyIn } from "../admission/policy.ts";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { requirePodSecurityLevel as policy } from "./require-pod-security-level.ts";

describe("require-pod-security-level", () => {
  test("finds Namespaces that enforce less than they must, or nothing", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const key = "pod-security.kubernetes.io/enforce";
        const levels = ["privileged", "baseline", "restricted"];
        const level = valueTextAt(resource, "metadata", "labels", key);
        if (level === "") return [`the namespace has no label ${key}`];
        return levels.indexOf(level) < levels.indexOf(String(parameters("level")))
          ? [`the label ${key} is ${level}`]
          : [];
      }),
    ).toEqual([]);
  });

  test("asks for the level that the environment enforces", () => {
    const platform = examplePlatform();
    expect(platform.environments.map((each) => policyIn(policy, platform, each)?.parameters["level"]?.value)).toEqual(
      platform.environments.map(({ admission }) => admission.podSecurity.enforce),
    );
  });
});
