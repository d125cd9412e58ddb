import { buildResource, type Resource } from "@plinth/core";
import { ValidatingAdmissionPolicy } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy";
import { ValidatingAdmissionPolicyBinding } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding";
import type { CelExpression } from "../admission/cel.ts";

/** Kinds of one API group, and what is done with them. */
export interface MatchedResources {
  /** `""` is the core group. */
  readonly group: string;
  readonly versions: readonly string[];
  /** Plural names, with a subresource or without: `pods`, `pods/ephemeralcontainers`. */
  readonly resources: readonly string[];
  /** Where it is not what the policy says. @default the policy's */
  readonly operations?: readonly AdmissionOperation[];
}

/** What somebody does. `CONNECT` is a stream into a pod: `kubectl exec`. */
export type AdmissionOperation = "CREATE" | "UPDATE" | "DELETE" | "CONNECT";

/** Where what is matched lives; `*` is both. */
export type AdmissionScope = "Namespaced" | "Cluster" | "*";

/** A rule of a cluster that the API server itself enforces: it holds while no webhook runs. */
export interface AdmissionPolicyInput {
  name: string;
  /** One sentence for people: what it is for. */
  description: string;
  /** @default none */
  annotations?: Readonly<Record<string, string>>;
  operations: readonly AdmissionOperation[];
  resources: readonly MatchedResources[];
  /** @default "Namespaced" */
  scope?: AdmissionScope;
  /** Kinds that are never asked about. @default none */
  except?: readonly MatchedResources[];
  /** Namespaces in which it holds. @default all */
  namespaces?: readonly string[];
  /** Labels of the objects that it is about. @default any */
  labels?: Readonly<Record<string, readonly string[]>>;
  /** Conditions that all hold, or nothing is asked. @default none */
  when?: Readonly<Record<string, CelExpression>>;
  /** Named parts of the rules, each of which may use those before it. @default none */
  variables?: Readonly<Record<string, CelExpression>>;
  validations: readonly AdmissionRule[];
}

/** What has to be true, and what is said when it is not. */
export interface AdmissionRule {
  readonly holds: CelExpression;
  /** Text that CEL makes: it names what was found and what is allowed. */
  readonly message: CelExpression;
  /** @default "Forbidden" */
  readonly reason?: "Forbidden" | "Invalid";
}

/**
 * A ValidatingAdmissionPolicy and the binding that refuses and records what breaks it. Every field that the API server would fill in is written out.
 *
 * A policy that cannot be evaluated refuses: what forbids something must not be open when it is broken.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function admissionPolicy(input: AdmissionPolicyInput): readonly Resource[] {
  const { name, description, annotations = {}, except = [], when = {}, variables = {} } = input;
  return [
    buildResource(ValidatingAdmissionPolicy, {
      metadata: { name, annotations: { "kubernetes.io/description": description, ...annotations } },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          matchPolicy: "Equivalent",
          ...selectorsOf(input),
          resourceRules: rulesOf(input, input.resources),
          ...(except.length === 0 ? {} : { excludeResourceRules: rulesOf(input, except) }),
        },
        ...(Object.keys(when).length === 0 ? {} : { matchConditions: named(when) }),
        ...(Object.keys(variables).length === 0 ? {} : { variables: named(variables) }),
        validations: input.validations.map(({ holds, message, reason = "Forbidden" }) => ({
          expression: holds.expression,
          messageExpression: message.expression,
          reason,
        })),
      },
    }),
    buildResource(ValidatingAdmissionPolicyBinding, {
      metadata: { name },
      spec: { policyName: name, validationActions: ["Deny", "Audit"] },
    }),
  ];
}

/** Selectors of namespaces and objects: both are written, an empty one selects everything. */
export function selectorsOf({ namespaces, labels = {} }: Pick<AdmissionPolicyInput, "namespaces" | "labels">): {
  namespaceSelector: { matchExpressions?: { key: string; operator: string; values: string[] }[] };
  objectSelector: { matchExpressions?: { key: string; operator: string; values: string[] }[] };
} {
  const oneOf = (key: string, values: readonly string[]) => ({ key, operator: "In", values: [...values] });
  return {
    namespaceSelector:
      namespaces === undefined ? {} : { matchExpressions: [oneOf("kubernetes.io/metadata.name", namespaces)] },
    objectSelector:
      Object.keys(labels).length === 0
        ? {}
        : { matchExpressions: Object.entries(labels).map(([key, values]) => oneOf(key, values)) },
  };
}

interface ResourceRule {
  apiGroups: string[];
  apiVersions: string[];
  operations: AdmissionOperation[];
  resources: string[];
  scope: AdmissionScope;
}

function rulesOf(
  { operations, scope = "Namespaced" }: Pick<AdmissionPolicyInput, "operations" | "scope">,
  matched: readonly MatchedResources[],
): ResourceRule[] {
  return matched.map(({ group, versions, resources, operations: own = operations }) => ({
    apiGroups: [group],
    apiVersions: [...versions],
    operations: [...own],
    resources: [...resources],
    scope,
  }));
}

function named(expressions: Readonly<Record<string, CelExpression>>): { name: string; expression: string }[] {
  return Object.entries(expressions).map(([name, { expression }]) => ({ name, expression }));
}
