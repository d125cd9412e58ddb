import { autogenText, type PodController } from "../admission/autogen.ts";
import { controllerKinds } from "../admission/pod-fixture.ts";
import { matchesSelector } from "../reachability/label-selector.ts";
import type { ReviewedRequest } from "./admission-request.ts";
import type { PolicyText, ResourceRuleText } from "./policy-text.ts";

/** How a policy reads an object: as it is written, or as Kyverno rewrites it for a controller of pods. */
export type Reading = "as-written" | PodController;

/** How a policy reads the object of a request, or why it does not look at it. */
export type Scope =
  | { readonly reading: Reading; readonly because?: undefined }
  | { readonly reading?: undefined; readonly because: string };

/** Whether a policy looks at the object of a request, by its rules and selectors; its match conditions come after. */
export function scopeOf(policy: PolicyText, request: ReviewedRequest): Scope {
  const reading = readingOf(policy, request);
  if (reading === undefined)
    return { because: `no rule is about ${request.operation} of ${request.resource} in ${describeGroup(request)}` };
  if (policy.excluded.some((rule) => isAbout(rule, request))) return { because: `${request.resource} are excluded` };
  if (request.namespace !== undefined && !matchesSelector(policy.namespaceSelector, request.namespaceLabels))
    return { because: `the namespace ${request.namespace} is not selected` };
  if (!matchesSelector(policy.objectSelector, request.subject.metadata.labels ?? {}))
    return { because: "the labels of the object are not selected" };
  return { reading };
}

function readingOf(policy: PolicyText, request: ReviewedRequest): Reading | undefined {
  if (policy.rules.some((rule) => isAbout(rule, request))) return "as-written";
  const [rule] = policy.rules;
  const controller = podControllers.find((each) => each === request.resource);
  if (controller === undefined || !policy.controllers.includes(controller)) return undefined;
  if (rule === undefined || !isDerivable(policy) || !includes(rule.operations, request.operation)) return undefined;
  const { apiVersion } = controllerKinds[controller];
  return apiVersion === request.subject.apiVersion ? controller : undefined;
}

const podControllers: readonly PodController[] = [
  "deployments",
  "statefulsets",
  "daemonsets",
  "jobs",
  "cronjobs",
  "replicasets",
];

/**
 * Kyverno derives rules of a policy that is about pods and nothing else, all of them.
 *
 * @see https://github.com/kyverno/kyverno/blob/v1.19.1/pkg/cel/autogen/autogen.go
 */
function isDerivable({ rules, excluded, objectSelector }: PolicyText): boolean {
  const [rule] = rules;
  return (
    rules.length === 1 &&
    rule !== undefined &&
    excluded.length === 0 &&
    Object.keys(objectSelector.matchLabels ?? {}).length === 0 &&
    (objectSelector.matchExpressions ?? []).length === 0 &&
    isOnly(rule.apiGroups, "") &&
    isOnly(rule.apiVersions, "v1") &&
    isOnly(rule.resources, "pods")
  );
}

const isOnly = (values: readonly string[], value: string): boolean => values.length === 1 && values[0] === value;

const includes = (values: readonly string[], value: string): boolean => values.includes(value) || values.includes("*");

function isAbout(rule: ResourceRuleText, { group, version, resource, operation }: ReviewedRequest): boolean {
  return (
    includes(rule.apiGroups, group) &&
    includes(rule.apiVersions, version) &&
    includes(rule.resources, resource) &&
    includes(rule.operations, operation)
  );
}

/** The policy as it reads objects in this way. */
export function readAs(policy: PolicyText, reading: Reading): PolicyText {
  if (reading === "as-written") return policy;
  const rewritten = (text: string): string => autogenText(text, reading);
  return {
    ...policy,
    matchConditions: policy.matchConditions.map(({ name, expression }) => ({
      name,
      expression: rewritten(expression),
    })),
    variables: policy.variables.map(({ name, expression }) => ({ name, expression: rewritten(expression) })),
    validations: policy.validations.map(({ expression, messageExpression, message }) => ({
      expression: rewritten(expression),
      ...(messageExpression === undefined ? {} : { messageExpression: rewritten(messageExpression) }),
      ...(message === undefined ? {} : { message: rewritten(message) }),
    })),
  };
}

function describeGroup({ group, version }: ReviewedRequest): string {
  return group === "" ? version : `${group}/${version}`;
}
