import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { distinguishProbes } from "../best-practices/distinguish-probes.ts";
import { restrictIngressHosts } from "../networking/restrict-hosts.ts";
import { mutantCase, policyMutants, survivors } from "./mutant-case.ts";

const platform = examplePlatform();
const [environment] = platform.environments;
if (environment === undefined) throw new Error("the example has environments");

const made = mutantCase(distinguishProbes, platform, environment);
const row = (policy: string, name: string, result: string, message = "success"): object => ({
  policy,
  result,
  message,
  resources: [{ kind: "Pod", namespace: "team-backend", name }],
});
const report = (rows: readonly object[]): string => JSON.stringify({ kind: "ClusterReport", results: rows });

const rows = made.mutants.flatMap(({ expected }) =>
  expected.map(({ policy, name, result, message }) => row(policy, name, result, message)),
);
const control = made.control.map(({ policy, name, result, message }) => row(policy, name, result, message));

describe("the mutants of a policy", () => {
  test("are one policy each, under names of their own, tried on the objects of the policy", () => {
    const mutants = policyMutants(distinguishProbes);
    expect(mutants.length).toBeGreaterThan(5);
    expect(made.mutants.map(({ change }) => change)).toEqual(mutants.map(({ change }) => change));
    const text = made.files.find(({ path }) => path === "policy.yaml")?.text ?? "";
    for (const [index] of mutants.entries()) expect(text).toContain(`  name: m${index}\n`);
    expect(new Set(made.mutants.flatMap(({ expected }) => expected.map(({ kind }) => kind)))).toEqual(new Set(["Pod"]));
  });

  test("say where in the policy they are", () => {
    const changes = policyMutants(distinguishProbes).map(({ change }) => change);
    expect(changes).toContain(
      "variables.both: the left of && is dropped: has(c.livenessProbe) && has(c.readinessProbe)",
    );
    expect(changes.some((change) => change.startsWith("offenders: <= becomes <"))).toBe(true);
  });

  test("live on when every row is as it should be without them", () => {
    expect(survivors(made, report([...control, ...rows]))).toEqual(made.mutants.map((_, index) => index));
  });

  test("are noticed by a row with another result or message, and by one that is missing", () => {
    const [first, ...others] = rows;
    const failure = made.mutants[1]?.expected.findIndex(({ result }) => result === "fail") ?? 0;
    const at = (made.mutants[0]?.expected.length ?? 0) + failure;
    const left = (reported: readonly object[]): readonly number[] | undefined =>
      survivors(made, report([...control, ...reported]));
    expect(left(others)).toEqual(left(rows)?.filter((index) => index !== 0));
    expect(left([{ ...first, result: "error" }, ...others])).toEqual(left(rows)?.filter((index) => index !== 0));
    expect(left(rows.map((each, index) => (index === at ? { ...each, message: "other" } : each)))).toEqual(
      left(rows)?.filter((index) => index !== 1),
    );
  });

  test("cannot be told without a report, nor by one in which the policy itself is wrong", () => {
    expect(survivors(made, "Error: no")).toBeUndefined();
    expect(survivors(made, report(rows))).toBeUndefined();
    expect(survivors(made, report([...control.slice(1), ...rows]))).toBeUndefined();
  });

  test("may be chosen, and have the parameters of the environment", () => {
    const chosen = mutantCase(restrictIngressHosts, platform, environment, (index) => index === 2);
    expect(chosen.mutants).toHaveLength(1);
    const text = chosen.files.find(({ path }) => path === "policy.yaml")?.text ?? "";
    expect(text).toContain("  name: m2\n");
    expect(text).toContain("shop.example.com");
  });
});
