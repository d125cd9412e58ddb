import { buildUntypedResource, type Resource } from "@plinth/core";
import { inNamespaces, type NamespaceSelection } from "../admission/namespaces.ts";
import type { Mutation } from "./mutation.ts";
import { type KindRule, kindRules, namedExpressions } from "./selected-kinds.ts";

/** The fields of Kyverno 1.19's MutatingPolicy that are written here; the published model ends at 1.18. */
interface MutatingPolicySpec {
  readonly failurePolicy: "Ignore" | "Fail";
  readonly reinvocationPolicy: "IfNeeded";
  readonly evaluation: {
    readonly mode: "Kubernetes";
    readonly admission: { readonly enabled: boolean };
    readonly background: { readonly enabled: boolean };
    readonly mutateExisting: { readonly enabled: boolean };
    readonly skipBackgroundRequests: boolean;
  };
  readonly autogen: {
    readonly podControllers: { readonly controllers: readonly string[] };
    readonly mutatingAdmissionPolicy: { readonly enabled: boolean };
  };
  readonly matchConstraints: Partial<NamespaceSelection> & {
    readonly matchPolicy: "Equivalent";
    readonly resourceRules: readonly KindRule[];
  };
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly mutations: readonly {
    readonly patchType: "JSONPatch";
    readonly jsonPatch: { readonly expression: string };
  }[];
}

/** Where a mutation writes: in namespaces by their names, or wherever its conditions hold. */
export type MutationScope = { readonly namespaces: readonly string[] } | "by-conditions";

/**
 * A mutation as Kyverno reads it.
 *
 * - Only what is created: an update of what runs changes nothing but what was asked for, and Argo CD's next sync finds no second opinion.
 * - `failurePolicy: Ignore`: a default is a convenience. While Kyverno is away an object arrives without it, and what must hold is refused by the
 *   policies and by Pod Security, not by this. A mutation that is indispensable says so, and holds up what it is about.
 * - Pods are meant as pods: without the empty list of controllers Kyverno would write into the templates that Argo CD compares with Git.
 * - `IfNeeded` is how Kyverno's webhook is called anyway: once more when a later webhook adds a container.
 *
 * @see https://kyverno.io/docs/policy-types/mutating-policy/
 *
 * @example
 * mutatingPolicy(defaultJobTtl, { namespaces: ["team-backend"] });
 */
export function mutatingPolicy(mutation: Mutation, scope: MutationScope): Resource {
  const conditions = namedExpressions(mutation.conditions);
  const variables = namedExpressions(mutation.variables);
  const spec: MutatingPolicySpec = {
    failurePolicy: mutation.indispensable === true ? "Fail" : "Ignore",
    reinvocationPolicy: "IfNeeded",
    evaluation: {
      mode: "Kubernetes",
      admission: { enabled: true },
      background: { enabled: true },
      mutateExisting: { enabled: false },
      skipBackgroundRequests: true,
    },
    autogen: { podControllers: { controllers: [] }, mutatingAdmissionPolicy: { enabled: false } },
    matchConstraints: {
      matchPolicy: "Equivalent",
      ...(scope === "by-conditions" ? {} : inNamespaces(scope.namespaces)),
      resourceRules: kindRules(mutation.kinds, ["CREATE"]),
    },
    ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
    ...(variables.length === 0 ? {} : { variables }),
    mutations: mutation.patches.map(({ expression }) => ({ patchType: "JSONPatch", jsonPatch: { expression } })),
  };
  return buildUntypedResource({
    apiVersion: "policies.kyverno.io/v1",
    kind: "MutatingPolicy",
    metadata: {
      name: mutation.name,
      annotations: {
        "policies.kyverno.io/title": mutation.title,
        "policies.kyverno.io/category": mutation.category,
        "policies.kyverno.io/description": `${mutation.what} ${mutation.why}`,
      },
    },
    spec,
  });
}
