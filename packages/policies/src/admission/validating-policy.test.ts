import { ValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ValidatingPolicy";
import { resourceFindings } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { requireLabels } from "../compliance/require-labels.ts";
import { disallowPrivilegedContainers } from "../pod-security/disallow-privileged-containers.ts";
import { policyCatalog } from "./catalog.ts";
import { cel } from "./cel.ts";
import { isClusterScoped } from "./match.ts";
import { messageOf, type Policy } from "./policy.ts";
import type { Rollout } from "./rollout.ts";
import { validatingPolicies } from "./validating-policy.ts";

const rollout: Rollout = {
  audit: ["team-a"],
  enforce: ["team-b"],
  cluster: { action: "enforce", exceptNames: ["admin"], exceptOwners: ["system"] },
};
/** Policies that Kyverno has to derive rules from. */
const derived = policyCatalog.filter(({ match }) => match.controllers.length > 0);
const [audit, enforce] = validatingPolicies(disallowPrivilegedContainers, rollout);

function matchConstraintsOf(object: unknown): object {
  if (!ValidatingPolicy.is(object) || object.spec.matchConstraints === undefined)
    throw new TypeError("no ValidatingPolicy with matchConstraints");
  return object.spec.matchConstraints;
}

describe("a policy object", () => {
  test("is valid for every policy of the catalogue", () => {
    expect(
      policyCatalog
        .flatMap((policy) => validatingPolicies(policy, rollout))
        .flatMap((resource) => resourceFindings(resource)),
    ).toEqual([]);
  });

  test("that reports lets everything pass while Kyverno is away; one that refuses does not", () => {
    expect(audit).toMatchObject({
      metadata: { name: "disallow-privileged-containers" },
      spec: { validationActions: ["Audit"], failurePolicy: "Ignore" },
    });
    expect(enforce).toMatchObject({
      metadata: { name: "disallow-privileged-containers-enforce" },
      spec: { validationActions: ["Deny"], failurePolicy: "Fail" },
    });
  });

  test("says what the CRD would fill in, so that the cluster shows no difference", () => {
    expect(audit).toMatchObject({
      spec: {
        evaluation: { mode: "Kubernetes", admission: { enabled: true }, background: { enabled: true } },
        autogen: {
          podControllers: { controllers: ["deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"] },
          validatingAdmissionPolicy: { enabled: false },
        },
      },
    });
  });

  // Anything else in matchConstraints turns the derived rules off without a word: kyverno/pkg/cel/autogen/match.go.
  test("matches exactly what Kyverno derives rules for controllers from", () => {
    for (const object of derived.flatMap((policy) => validatingPolicies(policy, rollout))) {
      expect(object["spec"]).toMatchObject({
        matchConstraints: {
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] },
          ],
        },
      });
      expect(Object.keys(matchConstraintsOf(object))).toEqual(["matchPolicy", "namespaceSelector", "resourceRules"]);
    }
  });

  test("has no match conditions, which would give each policy a webhook of its own, unless it is about rare kinds", () => {
    for (const object of policyCatalog
      .filter(({ match }) => !isClusterScoped(match))
      .flatMap((policy) => validatingPolicies(policy, rollout)))
      expect(object["spec"]).not.toHaveProperty("matchConditions");
  });

  test("has rule and message made of one list", () => {
    expect(audit).toMatchObject({
      spec: {
        variables: [
          { name: "containers" },
          { name: "offenders", expression: disallowPrivilegedContainers.offenders.expression },
        ],
        validations: [
          {
            expression: "variables.offenders.size() == 0",
            messageExpression:
              "variables.offenders.join(', ') + '. Remove securityContext.privileged, or add the one capability that is needed.'",
          },
        ],
      },
    });
    expect(messageOf(disallowPrivilegedContainers, ["a", "b"])).toBe(
      "a, b. Remove securityContext.privileged, or add the one capability that is needed.",
    );
  });

  test("that refuses lets pass an update that leaves alone what the policy reads", () => {
    const expressionOf = (policy: Policy): unknown => {
      const [object] = validatingPolicies(policy, { audit: [], enforce: ["team-b"] });
      if (!ValidatingPolicy.is(object)) throw new TypeError("no ValidatingPolicy");
      expect(object.spec.validations?.[0]?.expression).toBe("variables.unchanged || variables.offenders.size() == 0");
      return object.spec.variables?.find(({ name }) => name === "unchanged")?.expression;
    };
    expect(expressionOf(disallowPrivilegedContainers)).toBe(
      "request.operation == 'UPDATE'\n  && object.spec == oldObject.spec",
    );
    expect(expressionOf(requireLabels)).toBe(
      "request.operation == 'UPDATE'\n  && object.metadata.?labels == oldObject.metadata.?labels\n  && object.metadata.?annotations == oldObject.metadata.?annotations",
    );
  });

  test("judges every update where it cannot tell what the policy reads", () => {
    for (const offenders of [
      cel`object.?spec.hostPID == true ? ['x'] : []`,
      cel`object.spec.hostPID && object.kind == 'Pod' ? ['x'] : []`,
      cel`['x']`,
    ]) {
      const [object] = validatingPolicies(
        { ...disallowPrivilegedContainers, offenders },
        { audit: [], enforce: ["team-b"] },
      );
      expect(object).toMatchObject({
        spec: { variables: [{ name: "offenders" }], validations: [{ expression: "variables.offenders.size() == 0" }] },
      });
    }
  });

  test("defines no variable that nobody reads", () => {
    const defined = policyCatalog
      .flatMap((policy) => validatingPolicies(policy, { audit: ["team-a"], enforce: [] }))
      .map((object) => JSON.stringify(object));
    for (const text of defined) {
      for (const [, name] of text.matchAll(/"name":"(\w+)","expression"/g)) expect(text).toContain(`variables.${name}`);
    }
  });

  test("tells reports its title, category and severity", () => {
    expect(audit?.metadata.annotations).toEqual({
      "policies.kyverno.io/title": "Disallow privileged containers",
      "policies.kyverno.io/category": "Pod Security (baseline)",
      "policies.kyverno.io/severity": "high",
      "policies.kyverno.io/subject": "Pod",
      "plinth.dev/controls":
        "Pod Security Standards, baseline: privileged; CIS Kubernetes Benchmark: Minimize the admission of privileged containers; NSA/CISA hardening guide: Pod security enforcement",
      "policies.kyverno.io/description":
        "A privileged container is root on its node: it reads the secrets of every pod there. Remove securityContext.privileged, or add the one capability that is needed.",
    });
  });
});
