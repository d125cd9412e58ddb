import { type Environment, type Platform, policyActions, type Resource } from "@plinth/core";
import { isClusterScoped } from "../admission/match.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { type PolicyAction, type Rollout, rolloutOf } from "../admission/rollout.ts";
import { policyObjectName, validatingPolicies } from "../admission/validating-policy.ts";
import { type AdmissionRequest, reviewedRequest } from "./admission-request.ts";
import { type PolicyEvaluator, type PolicyVerdict, policyEvaluator } from "./policy-evaluator.ts";

/**
 * What a policy says about an object where it refuses, in this process: no cluster and no tool. The policy is rendered for the object's namespace and its own
 * text is evaluated, so that it says here what it will say there.
 *
 * @example
 * evaluatePolicy(disallowHostPath, {
 *   apiVersion: "v1",
 *   kind: "Pod",
 *   metadata: { name: "cart", namespace: "team-data" },
 *   spec: { containers: [], volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] },
 * }); // { result: "fail", messages: [...] }
 */
export function evaluatePolicy(policy: AnyPolicy, object: Resource, request: AdmissionRequest = {}): PolicyVerdict {
  const { namespace } = reviewedRequest(object, request);
  return evaluatorOf(policy, namespace ?? "default")(object, request);
}

/** Asks a policy about objects of a namespace, as it refuses there. */
export function evaluatorOf(policy: AnyPolicy, namespace: string): PolicyEvaluator {
  const rendered = renderedIn(policy, namespace);
  return rendered === undefined ? notRendered : policyEvaluator(rendered);
}

/** The policy object that refuses in a namespace. */
export function renderedIn(policy: AnyPolicy, namespace: string): Resource | undefined {
  const rollout: Rollout = isClusterScoped(policy.match)
    ? { audit: [], enforce: [], cluster: { action: "enforce", exceptNames: [], exceptOwners: [] } }
    : { audit: [], enforce: [namespace] };
  return validatingPolicies(policy, rollout)[0];
}

const notRendered: PolicyEvaluator = () => ({ result: "skip", because: "the policy judges nowhere" });

/** What a policy object of an environment says about an object. */
export interface AdmissionVerdict {
  /** The policy's name, as the catalogue has it. */
  readonly policy: string;
  /** What it does about an object that it finds fault with. */
  readonly action: PolicyAction;
  readonly verdict: PolicyVerdict;
}

/**
 * What the policies of an environment say about an object: those that look at it, in their order, with the parameters and the actions that they have there. An
 * object is refused when one that enforces says anything but `pass`.
 *
 * @example
 * import { type Environment, type Platform, policyActions, type Resource } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const deployment: Resource;
 * admissionVerdicts(policyCatalog, platform, production, deployment).filter(({ verdict }) => verdict.result !== "pass");
 */
export function admissionVerdicts(
  policies: readonly AnyPolicy[],
  platform: Platform,
  environment: Environment,
  object: Resource,
  request: AdmissionRequest = {},
): readonly AdmissionVerdict[] {
  return admissionEvaluator(policies, platform, environment)(object, request);
}

/** Asks all policies of an environment about objects. */
export type AdmissionEvaluator = (object: Resource, request?: AdmissionRequest) => readonly AdmissionVerdict[];

/**
 * The same for many objects: the policies are rendered once.
 *
 * @example
 * import { type Environment, type Platform, policyActions, type Resource } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const workloads: readonly Resource[];
 * const ask = admissionEvaluator(policyCatalog, platform, production);
 * workloads.flatMap((workload) => ask(workload));
 */
export function admissionEvaluator(
  policies: readonly AnyPolicy[],
  platform: Platform,
  environment: Environment,
): AdmissionEvaluator {
  const evaluators = policies.flatMap((policy) => {
    const resolved = policyIn(policy, platform, environment);
    if (resolved === undefined) return [];
    return validatingPolicies(resolved, rolloutOf(resolved, platform, environment)).flatMap((rendered) => {
      const action = policyActions.find((each) => policyObjectName(resolved, each) === rendered.metadata.name);
      return action === undefined ? [] : [{ policy: policy.name, action, ask: policyEvaluator(rendered) }];
    });
  });
  return (object, request = {}) =>
    evaluators.flatMap(({ policy, action, ask }): AdmissionVerdict[] => {
      const verdict = ask(object, request);
      return verdict.result === "skip" ? [] : [{ policy, action, verdict }];
    });
}
