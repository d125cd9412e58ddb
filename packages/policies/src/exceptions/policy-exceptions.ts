import {
  buildResource,
  buildUntypedResource,
  dayAfter,
  type Environment,
  type Platform,
  type PolicyException,
  policyActions,
  type Resource,
  runsIn,
  serviceNamed,
} from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { type AnyPolicy, minorOf, policyIn } from "../admission/policy.ts";
import { policyObjectName } from "../admission/validating-policy.ts";
import { type ExceptionCondition, exceptionConditions } from "./exception-conditions.ts";
import { exceptedObjects } from "./exception-scope.ts";

/**
 * The namespace of all exceptions, which nobody but the platform writes to. Kyverno looks nowhere else when its chart is told so:
 * `features.policyExceptions: { enabled: true, namespace: policy-exceptions }`; without that it looks at no exception at all.
 */
export const exceptionsNamespace = "policy-exceptions";

/**
 * The spec of a PolicyException of Kyverno 1.19, in which `expiresAt` and `properties` are new.
 *
 * @see https://github.com/kyverno/kyverno/blob/v1.19.1/config/crds/policies.kyverno.io/policies.kyverno.io_policyexceptions.yaml
 */
interface PolicyExceptionSpec {
  readonly policyRefs: readonly { readonly name: string; readonly kind: "ValidatingPolicy" }[];
  readonly matchConditions: readonly ExceptionCondition[];
  readonly reportResult: "skip";
  readonly expiresAt: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** True where an exception is rendered: it speaks of the environment, its service runs there, and its policy judges there. */
export function holdsIn(
  exception: PolicyException,
  policy: AnyPolicy,
  platform: Platform,
  environment: Environment,
): boolean {
  const { environments, for: scope } = exception;
  if (environments?.some((name) => name === environment.name) === false) return false;
  if (scope.service !== undefined && !runsIn(serviceNamed(platform, scope.service), environment)) return false;
  return policyIn(policy, platform, environment) !== undefined;
}

/**
 * The exceptions of an environment, and their namespace. Each names all objects that its policy can be, so that a rollout changes no exception; and it is there
 * whatever the day: Kyverno itself lets none past its end, and what is past it is a finding.
 *
 * @see https://kyverno.io/docs/guides/exceptions/
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * policyExceptions(policyCatalog, platform, production).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
 */
export function policyExceptions(
  policies: readonly AnyPolicy[],
  platform: Platform,
  environment: Environment,
): readonly Resource[] {
  const exceptions = platform.policyExceptions.flatMap((exception) => {
    const policy = policies.find(({ name }) => name === exception.policy);
    if (policy === undefined || !holdsIn(exception, policy, platform, environment)) return [];
    return [policyException(exception, policy, platform)];
  });
  return exceptions.length === 0 ? [] : [namespace(environment), ...exceptions];
}

function policyException(exception: PolicyException, policy: AnyPolicy, platform: Platform): Resource {
  const { name, because, ticket, approvedBy, owner, until, images } = exception;
  const spec: PolicyExceptionSpec = {
    policyRefs: policyActions.map((action) => ({ name: policyObjectName(policy, action), kind: "ValidatingPolicy" })),
    matchConditions: exceptionConditions(exceptedObjects(exception, policy, platform), images),
    reportResult: "skip",
    // `until` is the last day on which it holds.
    expiresAt: `${dayAfter(until)}T00:00:00Z`,
    properties: { reason: because, ticket, "approved-by": approvedBy, owner },
  };
  return buildUntypedResource({
    apiVersion: "policies.kyverno.io/v1",
    kind: "PolicyException",
    metadata: { name, namespace: exceptionsNamespace },
    spec,
  });
}

/** No pod ever runs here. */
function namespace({ cluster }: Environment): Resource {
  const version = `v1.${minorOf(cluster.kubernetes)}`;
  const levels = ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, version],
  ]);
  return buildResource(Namespace, {
    metadata: {
      name: exceptionsNamespace,
      labels: { "kubernetes.io/metadata.name": exceptionsNamespace, ...Object.fromEntries(levels) },
      annotations: {
        "kubernetes.io/description": "What policies let pass. Kyverno reads exceptions here and nowhere else.",
      },
    },
  });
}
