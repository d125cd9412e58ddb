import { describe, expect, test } from "vitest";
import { policyCatalog } from "../admission/catalog.ts";
import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, type PolicyInput, violation } from "../admission/policy.ts";
import { equivalentMutants } from "./equivalent-mutants.ts";
import { mutantReport } from "./policy-mutants.ts";

const reports = policyCatalog.map(mutantReport);
const survivors = reports.flatMap((report) => report.survivors);
const described = ({ policy, variable, change }: { policy: string; variable: string; change: string }): string =>
  `${policy} ${variable}: ${change}`;

describe("the mutants of the catalogue", () => {
  test("are many, and the policies themselves are right", () => {
    expect(reports.filter(({ isWrong }) => isWrong)).toEqual([]);
    expect(reports.every(({ tried }) => tried > 0)).toBe(true);
    expect(reports.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(1000);
  });

  test("are all noticed by an object of their policy, but for those that mean the same", () => {
    expect(survivors.map(described).sort()).toEqual(equivalentMutants.map(described).sort());
  });
});

const hostNetwork: PolicyInput = {
  name: "disallow-host-network",
  title: "Disallow the host network",
  category: "Pod Security",
  severity: "high",
  why: "The network of the node is everybody's.",
  fix: "Leave hostNetwork out.",
  match: pods(),
  offenders: cel`object.spec.?hostNetwork.orValue(false) && !has(object.spec.hostPID) ? ['hostNetwork is true'] : []`,
  good: [pod(), pod({ hostNetwork: true, hostPID: true })],
  bad: [violation(pod({ hostNetwork: true }), "hostNetwork is true")],
};

const survivorsOf = (changes: Partial<PolicyInput>): string[] =>
  mutantReport(definePolicy({ ...hostNetwork, ...changes })).survivors.map(({ change }) => change);

describe("the mutants of a policy", () => {
  test("are all noticed where good and bad objects differ in one thing", () => {
    expect(survivorsOf({})).toEqual([]);
  });

  test("survive where nothing is tried that tells them from the policy", () => {
    expect(survivorsOf({ good: [pod()] })).toEqual([
      "the right of && is dropped: object.spec.?hostNetwork.orValue(false) && !has(object.spec.hostPID)",
    ]);
    expect(survivorsOf({ bad: [violation(pod({ hostNetwork: true }), "hostNetwork is true")], good: [] })).toEqual(
      expect.arrayContaining([
        "the left of && is dropped: object.spec.?hostNetwork.orValue(false) && !has(object.spec.hostPID)",
        "a constant becomes true: false",
      ]),
    );
  });

  test("say what was done, and where", () => {
    const [survivor] = mutantReport(definePolicy({ ...hostNetwork, good: [pod()] })).survivors;
    expect(survivor).toEqual({
      policy: "disallow-host-network",
      variable: "offenders",
      change: "the right of && is dropped: object.spec.?hostNetwork.orValue(false) && !has(object.spec.hostPID)",
      expression: "(object.spec.?hostNetwork.orValue(false)) ? ['hostNetwork is true'] : []",
    });
  });

  test("are noticed in the same place of a variant, where the policy's own parameters leave nothing to notice", () => {
    const allowing = (ports: readonly number[]): Policy =>
      definePolicy({
        ...hostNetwork,
        offenders: cel`object.spec.containers[0].?ports.orValue([]).filter(p, !(p.containerPort in ${ports})).map(p, 'port')`,
        good: ports.map((containerPort) => pod({ containers: [{ ports: [{ containerPort }] }] })),
        bad: [violation(pod({ containers: [{ ports: [{ containerPort: 90 }] }] }), "port")],
      });
    const alone = allowing([]);
    expect(mutantReport(alone).survivors).toHaveLength(1);
    expect(mutantReport({ ...alone, variants: [allowing([80])] }).survivors).toEqual([]);
  });

  test("tell nothing of a policy that does not say what its own objects have it", () => {
    expect(mutantReport(definePolicy({ ...hostNetwork, good: [pod({ hostNetwork: true })] })).isWrong).toBe(true);
  });
});
