import type { Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { ruleFilesOf } from "./rule-files.ts";

describe("rule files", () => {
  it("are the specifications of PrometheusRules, whoever made them", () => {
    const rule: Resource = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "slo-checkout", namespace: "monitoring" },
      spec: { groups: [{ name: "a", rules: [{ record: "x:y:z", expr: "vector(1)" }] }] },
    };
    const other: Resource = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } };
    expect(ruleFilesOf([rule, other])).toEqual([
      {
        path: "monitoring.slo-checkout.rules.yaml",
        text: "groups:\n  - name: a\n    rules:\n      - record: x:y:z\n        expr: vector(1)\n",
      },
    ]);
  });
});
