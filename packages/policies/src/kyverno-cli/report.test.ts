import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { disallowHostPath } from "../pod-security/disallow-host-path.ts";
import { type ExpectedResult, kyvernoCase } from "./case.ts";
import { kyvernoReportFindings } from "./report.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [environment] = platform.environments;
if (environment === undefined) throw new Error("the example has environments");
const hostPathCase = kyvernoCase(disallowHostPath, platform, environment);

/** A report as the Kyverno command line writes it. */
function report(rows: readonly ExpectedResult[]): string {
  const results = rows.map(({ policy, kind, namespace, name, result, message = "success" }) => ({
    source: "KyvernoValidatingPolicy",
    policy,
    result,
    message,
    resources: [{ kind, namespace, name, apiVersion: "v1" }],
  }));
  return `Applying 1 policy rule(s) to ${rows.length} resource(s)...\n${JSON.stringify({ kind: "ClusterReport", apiVersion: "openreports.io/v1alpha1", results })}`;
}

const messagesOf = (rows: readonly ExpectedResult[]): string[] =>
  kyvernoReportFindings(hostPathCase, report(rows)).map(({ resource, message }) => `${resource}: ${message}`);

describe("a report of the Kyverno command line", () => {
  const { expected } = hostPathCase;
  const [first, ...rest] = expected;
  const failure = expected.find(({ result }) => result === "fail");
  if (first === undefined || failure === undefined) throw new Error("the case expects rows");
  const others = expected.filter((row) => row !== failure);

  test("with every expected row and no other is right, in any order", () => {
    expect(messagesOf(expected)).toEqual([]);
    expect(messagesOf(expected.toReversed())).toEqual([]);
  });

  test("that leaves any row out is wrong: the policy did not match", () => {
    for (const missing of expected)
      expect(messagesOf(expected.filter((row) => row !== missing))).toEqual([
        `${missing.kind} ${missing.namespace}/${missing.name}: disallow-host-path does not judge it`,
      ]);
  });

  test("with another result, or an error, is wrong", () => {
    expect(messagesOf([{ ...first, result: "fail", message: "no" }, ...rest])).toEqual([
      "Pod team-backend/good-1: disallow-host-path says fail: no",
    ]);
    expect(
      kyvernoReportFindings(hostPathCase, report(expected).replace('"result":"pass"', '"result":"error"')),
    ).toHaveLength(1);
  });

  test("with another message is wrong", () => {
    expect(messagesOf([...others, { ...failure, message: "volume ? is the hostPath ?." }])).toHaveLength(1);
  });

  test("with a row too many is wrong", () => {
    expect(messagesOf([...expected, { ...failure, namespace: "kube-system" }])).toEqual([
      `Pod kube-system/bad-1: disallow-host-path says fail: ${failure.message}`,
    ]);
    expect(messagesOf([...expected, failure])).toEqual([
      "Pod team-backend/bad-1: disallow-host-path judges it 2 times",
    ]);
  });

  test.each([
    "",
    "Error: failed to compile policy",
    '{"kind":"ClusterReport","results":',
    '{"kind":"ClusterReport","results":3}',
  ])("that is none is a failure of the tool: %j", (output) => {
    expect(kyvernoReportFindings(hostPathCase, output)).toMatchObject([
      { code: "tool-failed", path: "policies[disallow-host-path]" },
    ]);
  });

  test("without results judges nothing", () => {
    expect(kyvernoReportFindings(hostPathCase, '{"kind":"ClusterReport"}')).toHaveLength(expected.length);
  });
});
