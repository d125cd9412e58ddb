import { buildUntypedResource, type Resource } from "@plinth/core";
import { inNamespaces, type NamespaceSelection } from "../admission/namespaces.ts";
import { type KindRule, kindRules, namedExpressions } from "../mutations/selected-kinds.ts";
import type { Generation } from "./generation.ts";

/** The fields of Kyverno 1.19's GeneratingPolicy that are written here; the published model ends at 1.18, before templates. */
interface GeneratingPolicySpec {
  readonly evaluation: {
    readonly admission: { readonly enabled: boolean };
    readonly generateExisting: { readonly enabled: boolean };
    readonly synchronize: { readonly enabled: boolean };
    readonly orphanDownstreamOnPolicyDelete: { readonly enabled: boolean };
    readonly skipBackgroundRequests: boolean;
  };
  readonly matchConstraints: Partial<NamespaceSelection> & {
    readonly matchPolicy: "Equivalent";
    readonly objectSelector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly resourceRules: readonly KindRule[];
  };
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly generate: readonly { readonly template: { readonly interpolate: "cel"; readonly value: string } }[];
}

/**
 * A generation as Kyverno reads it.
 *
 * - `synchronize`: what somebody changes or deletes comes back, and what the policy says anew reaches what was made before.
 * - `orphanDownstreamOnPolicyDelete`: a policy that goes away leaves what it made. A namespace would lose its default deny otherwise.
 * - `UPDATE` is there because Kyverno hears of every operation, and takes a trigger that a policy does not match for one that matches no more: it would
 *   delete what it made when somebody annotates the namespace (pkg/controllers/webhook/validating.go, pkg/background/gpol).
 * - An object of the same name that Kyverno did not make is left alone by Kyverno itself.
 *
 * @see https://kyverno.io/docs/policy-types/generating-policy/
 *
 * @example
 * declare const generation: Generation;
 * generatingPolicy(generation);
 */
export function generatingPolicy(generation: Generation): Resource {
  const conditions = namedExpressions(generation.conditions);
  const spec: GeneratingPolicySpec = {
    evaluation: {
      admission: { enabled: true },
      generateExisting: { enabled: true },
      synchronize: { enabled: true },
      orphanDownstreamOnPolicyDelete: { enabled: true },
      skipBackgroundRequests: true,
    },
    matchConstraints: {
      matchPolicy: "Equivalent",
      ...(generation.namespaces === undefined ? {} : inNamespaces(generation.namespaces)),
      objectSelector: { matchLabels: generation.labels },
      resourceRules: kindRules(generation.kinds, ["CREATE", "UPDATE"]),
    },
    ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
    generate: [{ template: { interpolate: "cel", value: generation.template } }],
  };
  return buildUntypedResource({
    apiVersion: "policies.kyverno.io/v1",
    kind: "GeneratingPolicy",
    metadata: {
      name: generation.name,
      annotations: {
        "policies.kyverno.io/title": generation.title,
        "policies.kyverno.io/category": "Multi-Tenancy",
        "policies.kyverno.io/description": `${generation.what} ${generation.why}`,
      },
    },
    spec,
  });
}
