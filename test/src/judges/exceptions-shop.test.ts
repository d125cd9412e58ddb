import { buildUntypedResource } from "@plinth/core";
import type { ReportedResult } from "@plinth/policies";
import { describe, expect, it } from "vitest";
import { shopFindings } from "./exceptions-shop.ts";

const production = { name: "production" };

const exception = buildUntypedResource({
  apiVersion: "policies.kyverno.io/v1",
  kind: "PolicyException",
  metadata: { name: "kafka", namespace: "policy-exceptions" },
});

function row(name: string, result: string, message = ""): ReportedResult {
  return { policy: "disallow-host-path-enforce", kind: "StatefulSet", namespace: "team-data", name, result, message };
}

const letPass = (by: string): string => `rule is skipped due to policy exception: ${by}`;

describe("the shop before the policies that refuse", () => {
  it("is right when what fails is let pass, and nothing else has an exception", () =>
    expect(
      shopFindings(
        production,
        [exception],
        [row("kafka", "fail", "no"), row("cart", "pass")],
        [row("kafka", "skip", letPass("policy-exceptions/other, policy-exceptions/kafka")), row("cart", "pass")],
      ),
    ).toEqual([]));

  it("is not when something fails that no exception lets pass, or cannot be judged", () => {
    for (const result of ["fail", "error"])
      expect(shopFindings(production, [], [row("kafka", result, "no")], [])).toMatchObject([
        {
          resource: "StatefulSet team-data/kafka",
          message: "disallow-host-path-enforce refuses it: no",
          path: "environments[production]",
        },
      ]);
  });

  it("is not when an exception lets pass what passes, or nothing at all", () => {
    for (const withExceptions of [[row("cart", "skip", letPass("policy-exceptions/kafka"))], []])
      expect(shopFindings(production, [exception], [row("cart", "pass")], withExceptions)).toMatchObject([
        { path: "policyExceptions[kafka]", message: "nothing of the shop needs it in production" },
      ]);
  });

  it("is not when another exception is the one that counts", () =>
    expect(
      shopFindings(
        production,
        [exception],
        [row("kafka", "fail")],
        [row("kafka", "skip", letPass("policy-exceptions/kafka-2"))],
      ),
    ).toMatchObject([{ path: "policyExceptions[kafka]" }]));
});
