import { describeResource, type Finding, type Resource } from "@plinth/core";
import { celProblem } from "./cel-program.ts";
import { expressionsOf, policyText } from "./policy-text.ts";

/** Kinds whose expressions are of the dialect that is evaluated here. */
const kinds: ReadonlySet<string> = new Set(["ValidatingPolicy", "ValidatingAdmissionPolicy"]);

/**
 * What is wrong with the expressions of rendered policies, whatever they are asked about: one that does not parse, reads a name that is none, or applies an operator
 * or function to types that it does not take. Objects of other kinds are left alone, and an expression that several objects share is read once.
 *
 * @example
 * import type { Resource } from "@plinth/core";
 * declare const rendered: readonly Resource[];
 * expressionFindings(rendered); // []
 */
export function expressionFindings(resources: readonly Resource[]): readonly Finding[] {
  const known = new Map<string, string | undefined>();
  return resources.flatMap((resource) => {
    if (!kinds.has(resource.kind)) return [];
    return expressionsOf(policyText(resource)).flatMap(({ name, expression }): Finding[] => {
      if (!known.has(expression)) known.set(expression, celProblem(expression));
      const problem = known.get(expression);
      if (problem === undefined) return [];
      return [
        {
          code: "invalid-expression",
          severity: "error",
          path: `spec.${name}`,
          message: `${problem}, in ${shortened(expression)}`,
          expected: "a CEL expression that the API server compiles",
          example: "object.spec.?replicas.orValue(1) > 1",
          resource: describeResource(resource),
        },
      ];
    });
  });
}

function shortened(expression: string): string {
  const line = expression.replace(/\s+/g, " ");
  return line.length <= 100 ? line : `${line.slice(0, 97)}...`;
}
