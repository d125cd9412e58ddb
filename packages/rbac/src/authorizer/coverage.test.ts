import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { uncoveredRules } from "./coverage.ts";
import { ruleAllows } from "./rule-matching.ts";

const resourceRule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    apiGroups: fc.subarray(["", "apps", "*"], { minLength: 1 }),
    resources: fc.subarray(["pods", "pods/log", "deployments/scale", "*/log", "*/scale", "*"], { minLength: 1 }),
    resourceNames: fc.subarray(["web", "api"]),
    verbs: fc.subarray(["get", "list", "*"], { minLength: 1 }),
  },
  { requiredKeys: ["apiGroups", "resources", "verbs"] },
);
const pathRule: fc.Arbitrary<PolicyRule> = fc.record({
  nonResourceURLs: fc.subarray(["/healthz", "/healthz/*", "/logs/*", "*"], { minLength: 1 }),
  verbs: fc.subarray(["get", "post", "*"], { minLength: 1 }),
});
const rules = fc.array(fc.oneof(resourceRule, pathRule), { maxLength: 4 });

const requests = fc.oneof(
  fc.record(
    {
      verb: fc.constantFrom("get", "list", "delete"),
      apiGroup: fc.constantFrom("", "apps", "batch"),
      resource: fc.constantFrom("pods", "pods/log", "deployments/scale", "jobs"),
      name: fc.constantFrom("web", "db"),
    },
    { requiredKeys: ["verb", "resource"] },
  ),
  fc.record({
    verb: fc.constantFrom("get", "post"),
    path: fc.constantFrom("/healthz", "/healthz/etcd", "/logs/x", "/metrics"),
  }),
);

describe("what is wanted and not held", () => {
  it("is nothing when the same is held", () => {
    fc.assert(
      fc.property(rules, (held) => {
        expect(uncoveredRules(held, held)).toEqual([]);
      }),
    );
  });

  it("is nothing only when every wanted request is allowed by what is held", () => {
    fc.assert(
      fc.property(rules, rules, requests, (held, wanted, request) => {
        if (uncoveredRules(held, wanted).length > 0 || !wanted.some((rule) => ruleAllows(rule, request))) return;
        expect(held.some((rule) => ruleAllows(rule, request))).toBe(true);
      }),
    );
  });

  it("is nothing once it is held, too", () => {
    fc.assert(
      fc.property(rules, rules, (held, wanted) => {
        expect(uncoveredRules([...held, ...uncoveredRules(held, wanted)], wanted)).toEqual([]);
      }),
    );
  });

  it("is named verb by verb and resource by resource", () => {
    const held: PolicyRule[] = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }];
    const wanted: PolicyRule[] = [{ apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get"] }];
    expect(uncoveredRules(held, wanted)).toEqual([{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }]);
  });

  it("is every name when only some are held, and a rule without names when any is", () => {
    const held: PolicyRule[] = [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["web"], verbs: ["get"] }];
    expect(
      uncoveredRules(held, [
        { apiGroups: [""], resources: ["configmaps"], resourceNames: ["web", "api"], verbs: ["get"] },
      ]),
    ).toEqual([{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["api"], verbs: ["get"] }]);
    expect(uncoveredRules(held, [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }])).toEqual([
      { apiGroups: [""], resources: ["configmaps"], verbs: ["get"] },
    ]);
  });
});
