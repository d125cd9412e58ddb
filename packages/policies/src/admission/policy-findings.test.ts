import { describe, expect, test } from "vitest";
import { policyCatalog } from "./catalog.ts";
import { cel } from "./cel.ts";
import { pods } from "./match.ts";
import { pod } from "./pod-fixture.ts";
import { definePolicy, type PolicyInput, violation } from "./policy.ts";
import { policyFindings } from "./policy-findings.ts";

const right: PolicyInput = {
  name: "disallow-host-pid",
  title: "Disallow hostPID",
  category: "Pod Security",
  severity: "high",
  why: "It sees the processes of the node.",
  fix: "Remove hostPID.",
  match: pods(),
  offenders: cel`object.spec.?hostPID.orValue(false) ? ['hostPID is true'] : []`,
  good: [pod()],
  bad: [violation(pod({ hostPID: true }), "hostPID is true")],
};

const findingsOf = (changes: Partial<PolicyInput>): string[] =>
  policyFindings([definePolicy({ ...right, ...changes })]).map(
    ({ code, path, message }) => `${code} ${path}: ${message}`,
  );

describe("a policy", () => {
  test("of the catalogue has no findings", () => {
    expect(policyFindings(policyCatalog)).toEqual([]);
  });

  test("that is right has no findings", () => {
    expect(findingsOf({})).toEqual([]);
  });

  test("has a name that Kyverno can label its reports with, also where it refuses", () => {
    expect(findingsOf({ name: `disallow-${"x".repeat(46)}` })).toEqual([]);
    expect(findingsOf({ name: `disallow-${"x".repeat(47)}` })).toHaveLength(1);
    expect(findingsOf({ name: "Disallow_hostPID" })).toEqual([
      'invalid-field policies[Disallow_hostPID].name: is "Disallow_hostPID"',
    ]);
  });

  test("has a name of its own", () => {
    expect(policyFindings([definePolicy(right), definePolicy(right)])).toMatchObject([{ code: "duplicate-name" }]);
  });

  test("says why and how to fix it in sentences of one line", () => {
    expect(findingsOf({ why: "", fix: "Remove\nit.", title: "Host PID" })).toEqual([
      'invalid-field policies[disallow-host-pid].why: is ""',
      'invalid-field policies[disallow-host-pid].fix: is "Remove\\nit."',
    ]);
    expect(findingsOf({ fix: "Remove it" })).toEqual([
      "invalid-field policies[disallow-host-pid].fix: does not end with a full stop",
    ]);
  });

  test("reads only variables that are there before it", () => {
    const variables = { early: cel`variables.late`, late: cel`variables.containers` };
    expect(findingsOf({ variables, offenders: cel`variables.early + variables.contaners` })).toEqual([
      "unknown-reference policies[disallow-host-pid].variables.early: there is no variable late before it",
      "unknown-reference policies[disallow-host-pid].offenders: there is no variable contaners before it",
    ]);
  });

  test("gives its variables names that are free", () => {
    expect(findingsOf({ variables: { containers: cel`[]`, unchanged: cel`true` } })).toEqual([
      "duplicate-name policies[disallow-host-pid].variables.containers: a variable containers is there already",
      "duplicate-name policies[disallow-host-pid].variables.unchanged: a variable unchanged is there already",
    ]);
  });

  test("is CEL whose brackets and texts close", () => {
    expect(findingsOf({ offenders: cel`[object.spec.x` })).toEqual([
      'invalid-expression policies[disallow-host-pid].offenders: a "]" is missing',
    ]);
  });

  test("says nothing that Kyverno would rewrite for controllers", () => {
    expect(findingsOf({ fix: "Remove object.spec.hostPID.", offenders: cel`['object.metadata is wrong']` })).toEqual([
      "invalid-expression policies[disallow-host-pid].offenders: the text 'object.metadata is wrong' would be rewritten for controllers",
      "invalid-expression policies[disallow-host-pid].fix: the text 'Remove object.spec.hostPID.' would be rewritten for controllers",
    ]);
  });

  test("reads nothing that Kyverno cannot rewrite for controllers", () => {
    const offenders = cel`object.?spec.hostPID || object.kind == 'Pod' ? ['x'] : []`;
    expect(findingsOf({ offenders })).toEqual([
      "invalid-expression policies[disallow-host-pid].offenders: object.?spec would be read from the controller, not from its template",
      "invalid-expression policies[disallow-host-pid].offenders: object.kind would be read from the controller, not from its template",
    ]);
    expect(findingsOf({ offenders, match: pods({ controllers: [] }) })).toEqual([]);
  });

  test("is tried on something", () => {
    expect(findingsOf({ good: [], bad: [] })).toEqual([
      "invalid-field policies[disallow-host-pid].good: is empty",
      "invalid-field policies[disallow-host-pid].bad: is empty",
    ]);
  });

  test("says no more than the API server takes", () => {
    expect(findingsOf({ bad: [violation(pod(), "x".repeat(5200))] })).toEqual([
      "invalid-field policies[disallow-host-pid].bad[0]: the message has 5217 bytes",
    ]);
  });
});
