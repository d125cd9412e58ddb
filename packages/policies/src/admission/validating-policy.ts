import { ValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ValidatingPolicy";
import { buildResource, policyActions, type Resource } from "@plinth/core";
import { type CelExpression, cel } from "./cel.ts";
import { readCel } from "./cel-text.ts";
import { describeControl } from "./control.ts";
import { isClusterScoped, matchedKinds, type Operation, standardVariables } from "./match.ts";
import { inNamespaces, type NamespaceSelection } from "./namespaces.ts";
import { type AnyPolicy, controlsOf } from "./policy.ts";
import { type ClusterRollout, namespacesIn, type PolicyAction, type Rollout } from "./rollout.ts";
import { unchangedVariable } from "./unchanged.ts";

/**
 * What the actions mean for Kyverno. A policy that only reports or warns lets everything through while Kyverno is away; one that refuses does not, and
 * since it selects team namespaces only, what Kyverno needs to come back is never held up. A warning is gone when it is read, so it is reported, too.
 */
export const actions = {
  audit: { suffix: "", validationActions: ["Audit"], failurePolicy: "Ignore" },
  warn: { suffix: "-warn", validationActions: ["Audit", "Warn"], failurePolicy: "Ignore" },
  enforce: { suffix: "-enforce", validationActions: ["Deny"], failurePolicy: "Fail" },
} as const;

/** The name of the policy object that does this. */
export function policyObjectName(policy: Pick<AnyPolicy, "name">, action: PolicyAction): string {
  return policy.name + actions[action].suffix;
}

/**
 * A policy as Kyverno reads it: `<name>` audits, `<name>-warn` warns, `<name>-enforce` refuses, each in the namespaces of its list and only when there are
 * some. Kyverno's CEL kinds have one action for a whole policy, so that up to three objects share the namespaces between them. An object never changes its action: what a
 * rollout changes is which namespaces it selects, and the name in a report says what happened. A policy about objects in no namespace is one object.
 *
 * @see https://kyverno.io/docs/policy-types/validating-policy/
 *
 * @example
 * validatingPolicies(disallowPrivilegedContainers, { audit: ["team-data"], enforce: ["team-backend"] });
 */
export function validatingPolicies(policy: AnyPolicy, rollout: Rollout): readonly Resource[] {
  if (isClusterScoped(policy.match)) {
    const { cluster } = rollout;
    return cluster === undefined
      ? []
      : [validatingPolicy(policy, cluster.action, { matchConditions: [notOfThePlatform(cluster)] }, {})];
  }
  return policyActions.flatMap((action) => {
    const namespaces = namespacesIn(rollout, action);
    return namespaces.length === 0 ? [] : [validatingPolicy(policy, action, {}, inNamespaces(namespaces))];
  });
}

/** Kyverno gives a policy with match conditions a webhook of its own, which kinds that change once a week can bear, and pods could not. */
function notOfThePlatform({ exceptNames, exceptOwners }: ClusterRollout): { name: string; expression: string } {
  const { expression } = cel`!(object.metadata.name in ${exceptNames})
    && !${exceptOwners}.exists(owner,
      object.metadata.name == owner
        || object.metadata.name.startsWith(owner + '-')
        || object.metadata.name.startsWith(owner + ':'))`;
  return { name: "not-of-the-platform", expression };
}

function validatingPolicy(
  policy: AnyPolicy,
  action: PolicyAction,
  conditions: { matchConditions?: { name: string; expression: string }[] },
  selector: Partial<NamespaceSelection>,
): Resource {
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
      matchConstraints: { matchPolicy: "Equivalent", ...selector, resourceRules: resourceRules(policy) },
      ...conditions,
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

interface ResourceRule {
  apiGroups: string[];
  apiVersions: string[];
  resources: string[];
  operations: Operation[];
}

/** One rule for each group and version. */
export function resourceRules({ match }: Pick<AnyPolicy, "match">): ResourceRule[] {
  const rules = new Map<string, ResourceRule>();
  for (const { group, version, resource } of matchedKinds(match)) {
    const key = `${group}/${version}`;
    const rule = rules.get(key);
    if (rule === undefined)
      rules.set(key, {
        apiGroups: [group],
        apiVersions: [version],
        resources: [resource],
        operations: [...match.operations],
      });
    else rule.resources.push(resource);
  }
  return [...rules.values()];
}

function variablesOf(policy: AnyPolicy, action: PolicyAction): { name: string; expression: string }[] {
  const own: Readonly<Record<string, CelExpression>> = { ...policy.variables, offenders: policy.offenders };
  const used = new Set(Object.values(own).flatMap(({ expression }) => readCel(expression).variables));
  const standard = Object.entries(standardVariables[policy.match.kind]).filter(([name]) => used.has(name));
  const variables = [...standard, ...Object.entries(own)];
  const expressions = variables.map(([, expression]) => expression);
  const same = action === "enforce" ? unchangedVariable(policy.match, expressions) : undefined;
  return [...(same === undefined ? [] : [["unchanged", same] as const]), ...variables].map(
    ([name, { expression }]) => ({
      name,
      expression,
    }),
  );
}

/** The annotations that Kyverno copies into reports and that the policy library of Kyverno uses, and the controls of public standards. */
function annotationsOf(policy: AnyPolicy): Record<string, string> {
  const controls = controlsOf(policy);
  const level = controls.flatMap((control) => (control.standard === "pod-security" ? [control.level] : []))[0];
  return {
    "policies.kyverno.io/title": policy.title,
    "policies.kyverno.io/category": level === undefined ? policy.category : `${policy.category} (${level})`,
    "policies.kyverno.io/severity": policy.severity,
    "policies.kyverno.io/subject": matchedKinds(policy.match)
      .map(({ kind }) => kind)
      .join(", "),
    "policies.kyverno.io/description": `${policy.why} ${policy.fix}`,
    ...(controls.length === 0 ? {} : { "plinth.dev/controls": controls.map(describeControl).join("; ") }),
  };
}
