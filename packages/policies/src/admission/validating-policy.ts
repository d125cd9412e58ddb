import { ValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ValidatingPolicy";
import { buildResource, type Resource } from "@plinth/core";
import { type CelExpression, cel } from "./cel.ts";
import { readCel } from "./cel-text.ts";
import { type PolicyMatch, standardVariables } from "./match.ts";
import type { Policy } from "./policy.ts";
import type { PolicyAction, Rollout } from "./rollout.ts";

/**
 * What the two actions mean for Kyverno. A policy that only reports lets everything through while Kyverno is away; one that refuses does not, and
 * since it selects team namespaces only, what Kyverno needs to come back is never held up.
 */
const actions = {
  audit: { suffix: "", validationActions: ["Audit"], failurePolicy: "Ignore" },
  enforce: { suffix: "-enforce", validationActions: ["Deny"], failurePolicy: "Fail" },
} as const;

/** The name of the policy object that does this. */
export function policyObjectName(policy: Pick<Policy, "name">, action: PolicyAction): string {
  return policy.name + actions[action].suffix;
}

/**
 * A policy as Kyverno reads it: `<name>` audits, `<name>-enforce` refuses, each in the namespaces of its list and only when there are some. Kyverno's
 * CEL kinds have one action for a whole policy, so that two objects share the namespaces between them. An object never changes its action: what a
 * rollout changes is which namespaces it selects, and the name in a report says what happened.
 *
 * @see https://kyverno.io/docs/policy-types/validating-policy/
 *
 * @example
 * validatingPolicies(disallowPrivilegedContainers, { audit: ["team-data"], enforce: ["team-backend"] });
 */
export function validatingPolicies(policy: Policy, rollout: Rollout): readonly Resource[] {
  return (["audit", "enforce"] as const).flatMap((action) =>
    rollout[action].length === 0 ? [] : [validatingPolicy(policy, action, rollout[action])],
  );
}

function validatingPolicy(policy: Policy, action: PolicyAction, namespaces: readonly string[]): Resource {
  const { validationActions, failurePolicy } = actions[action];
  const variables = variablesOf(policy, action);
  const passes = "variables.offenders.size() == 0";
  return buildResource(ValidatingPolicy, {
    metadata: { name: policyObjectName(policy, action), annotations: annotationsOf(policy) },
    spec: {
      validationActions: [...validationActions],
      failurePolicy,
      evaluation: { mode: "Kubernetes", admission: { enabled: true }, background: { enabled: true } },
      autogen: {
        podControllers: { controllers: [...policy.match.controllers] },
        validatingAdmissionPolicy: { enabled: false },
      },
      matchConstraints: {
        matchPolicy: "Equivalent",
        namespaceSelector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: [...namespaces] }],
        },
        resourceRules: [{ ...resourceRules[policy.match.kind], operations: ["CREATE", "UPDATE"] }],
      },
      variables,
      validations: [
        {
          expression: variables.some(({ name }) => name === "unchanged") ? `variables.unchanged || ${passes}` : passes,
          messageExpression: cel`variables.offenders.join(', ') + ${`. ${policy.fix}`}`.expression,
        },
      ],
    },
  });
}

const resourceRules: Readonly<
  Record<PolicyMatch["kind"], { apiGroups: string[]; apiVersions: string[]; resources: string[] }>
> = {
  pods: { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] },
};

function variablesOf(policy: Policy, action: PolicyAction): { name: string; expression: string }[] {
  const own: Readonly<Record<string, CelExpression>> = { ...policy.variables, offenders: policy.offenders };
  const used = new Set(Object.values(own).flatMap(({ expression }) => readCel(expression).variables));
  const standard = Object.entries(standardVariables[policy.match.kind]).filter(([name]) => used.has(name));
  const variables = [...standard, ...Object.entries(own)];
  const same = action === "enforce" ? unchanged(variables.map(([, expression]) => expression)) : undefined;
  return [...(same === undefined ? [] : [["unchanged", same] as const]), ...variables].map(
    ([name, { expression }]) => ({
      name,
      expression,
    }),
  );
}

/** What an update leaves alone, by what a policy reads of the object. */
const comparisons: readonly { readonly reads: string; readonly same: CelExpression }[] = [
  { reads: "object.spec", same: cel`object.spec == oldObject.spec` },
  {
    reads: "object.metadata",
    same: cel`object.metadata.?labels == oldObject.metadata.?labels
      && object.metadata.?annotations == oldObject.metadata.?annotations`,
  },
];

/**
 * True for an update that leaves alone what the policy reads; `undefined` when that cannot be told, so that every update is judged. Without it a policy
 * that begins to refuse would hold up those who only take a finalizer or an annotation off a pod from before, such as the Job controller. Pod Security
 * admission makes the same exception.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/pod-security-admission/admission/admission.go
 */
function unchanged(expressions: readonly CelExpression[]): CelExpression | undefined {
  const read = new Set(expressions.flatMap(({ expression }) => readCel(expression).objectPaths));
  const compared = comparisons.filter(({ reads }) => read.has(reads));
  if (compared.length === 0 || compared.length < read.size) return undefined;
  return {
    expression: ["request.operation == 'UPDATE'", ...compared.map(({ same }) => same.expression)].join("\n  && "),
  };
}

/** The annotations that Kyverno copies into reports and that the policy library of Kyverno uses. */
function annotationsOf(policy: Policy): Record<string, string> {
  const { control } = policy;
  return {
    "policies.kyverno.io/title": policy.title,
    "policies.kyverno.io/category": control === undefined ? policy.category : `${policy.category} (${control.level})`,
    "policies.kyverno.io/severity": policy.severity,
    "policies.kyverno.io/subject": "Pod",
    "policies.kyverno.io/description": `${policy.why} ${policy.fix}`,
  };
}
