import { buildUntypedResource, type Resource, type TenancyInput } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyComponents } from "../components.ts";
import { expressionFindings } from "./expression-findings.ts";
import { expressionsOf, policyText } from "./policy-text.ts";

const native = (spec: Readonly<Record<string, unknown>>, kind = "ValidatingAdmissionPolicy"): Resource =>
  buildUntypedResource({ apiVersion: "admissionregistration.k8s.io/v1", kind, metadata: { name: "tried" }, spec });

describe("the expressions of rendered policies", () => {
  const tenancy: TenancyInput = {
    allowed: {
      storageClasses: ["gp3"],
      ingressClasses: ["internal"],
      priorityClasses: ["tier-medium"],
      runtimeClasses: ["gvisor"],
      registries: ["registry.example.com/backend"],
    },
    nodeSelector: { "example.com/pool": "backend" },
    cordon: { because: "it is moving" },
  };
  const platform = examplePlatform({ teams: [exampleTeam("backend", { tenancy }), exampleTeam("frontend")] });
  const rendered = policyComponents.flatMap((component) =>
    component.layer !== "foundation"
      ? []
      : [
          ...(component.shared?.(platform) ?? []),
          ...platform.environments.flatMap((environment) => component.perEnvironment?.(platform, environment) ?? []),
        ],
  );

  test("are compiled by a second reader, of both kinds of policies", () => {
    expect(new Set(rendered.map(({ kind }) => kind))).toContain("ValidatingAdmissionPolicy");
    expect(new Set(rendered.map(({ kind }) => kind))).toContain("ValidatingPolicy");
    expect(rendered.flatMap((policy) => expressionsOf(policyText(policy))).length).toBeGreaterThan(300);
    expect(expressionFindings(rendered)).toEqual([]);
  });
});

describe("what is wrong with an expression", () => {
  test("is a finding with its place, whatever part of the policy it is in", () => {
    const findings = expressionFindings([
      native({
        matchConditions: [{ name: "some", expression: "object.kind = 'Pod'" }],
        variables: [{ name: "labels", expression: "object.metadata.?labels.orValue({)" }],
        validations: [{ expression: "1 + 'a' == 2", messageExpression: "nobody.name" }],
      }),
    ]);
    expect(findings.map(({ code, path, message }) => [code, path, message])).toEqual([
      ["invalid-expression", "spec.matchConditions[some]", "cannot read =, in object.kind = 'Pod'"],
      [
        "invalid-expression",
        "spec.variables[labels]",
        ") is there instead of a name, in object.metadata.?labels.orValue({)",
      ],
      ["invalid-expression", "spec.validations[0].expression", "no such overload: int + string, in 1 + 'a' == 2"],
      ["invalid-expression", "spec.validations[0].messageExpression", "Unknown variable: nobody, in nobody.name"],
    ]);
    expect(findings[0]?.resource).toBe("admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy tried");
  });

  test("is said of each policy that shares it, and of no other kind", () => {
    const spec = { validations: [{ expression: "object." }] };
    expect(expressionFindings([native(spec), native(spec), native(spec, "ConfigMap")])).toHaveLength(2);
  });

  test("is not looked for where only a cluster can say", () => {
    const expression = "authorizer.group('').resource('pods').check('get').allowed()";
    expect(expressionFindings([native({ validations: [{ expression }] })])).toEqual([]);
  });
});
