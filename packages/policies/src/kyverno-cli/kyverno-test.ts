import type { ExpectedResult } from "./case.ts";

/**
 * A test for `kyverno test`, whose rows are those that a report must have. Each row names its object with the namespace, because a name that is not among the
 * resources would be judged by all of them.
 *
 * @see https://kyverno.io/docs/testing-policies/
 */
export function kyvernoTest(name: string, expected: readonly ExpectedResult[]): unknown {
  return {
    apiVersion: "cli.kyverno.io/v1alpha1",
    kind: "Test",
    metadata: { name },
    policies: ["policy.yaml"],
    resources: ["resources.yaml"],
    variables: "values.yaml",
    results: expected.map((row) => ({
      policy: row.policy,
      isValidatingPolicy: true,
      kind: row.kind,
      resources: [row.namespace === "" ? row.name : `${row.namespace}/${row.name}`],
      result: row.result,
    })),
  };
}
