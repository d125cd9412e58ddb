import { DeletingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/DeletingPolicy";
import { buildResource, type Resource } from "@plinth/core";
import { inNamespaces } from "../admission/namespaces.ts";
import { kindRules, namedExpressions } from "../mutations/selected-kinds.ts";
import type { CleanUp } from "./clean-up.ts";

/**
 * A clean-up as Kyverno reads it. What depends on a deleted object goes with it, in the background: the pods of a Job, all that is in a namespace.
 *
 * @see https://kyverno.io/docs/policy-types/deleting-policy/
 *
 * @example
 * deletingPolicy(deleteFinishedJobs, ["team-backend"]);
 */
export function deletingPolicy(cleanUp: CleanUp, teamNamespaces: readonly string[]): Resource {
  const variables = namedExpressions(cleanUp.variables);
  return buildResource(DeletingPolicy, {
    metadata: {
      name: cleanUp.name,
      annotations: {
        "policies.kyverno.io/title": cleanUp.title,
        "policies.kyverno.io/category": "Clean-up",
        "policies.kyverno.io/description": `${cleanUp.what} ${cleanUp.why}`,
      },
    },
    spec: {
      schedule: cleanUp.schedule,
      deletionPropagationPolicy: "Background",
      matchConstraints: {
        matchPolicy: "Equivalent",
        ...(cleanUp.scope === "team-namespaces" ? inNamespaces(teamNamespaces) : {}),
        // Kyverno asks for every operation whatever stands here: pkg/cel/policies/dpol/engine.
        resourceRules: kindRules([cleanUp.kind], ["*"]),
      },
      ...(variables.length === 0 ? {} : { variables }),
      conditions: namedExpressions(cleanUp.conditions),
    },
  });
}
