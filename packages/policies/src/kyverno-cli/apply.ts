/**
 * What the Kyverno command line is called with in a folder that holds policies, `resources.yaml` and `values.yaml`: it prints a report with a row for each policy and
 * object.
 *
 * @example
 * kyvernoApply("policy.yaml"); // ["apply", "policy.yaml", "--resource", "resources.yaml", "--values-file", "values.yaml", "--policy-report", "--output-format", "json"]
 *
 * @see https://kyverno.io/docs/kyverno-cli/reference/kyverno_apply/
 */
export function kyvernoApply(policies: string, ...more: readonly string[]): readonly string[] {
  return [
    "apply",
    policies,
    "--resource",
    "resources.yaml",
    "--values-file",
    "values.yaml",
    ...more,
    "--policy-report",
    "--output-format",
    "json",
  ];
}
