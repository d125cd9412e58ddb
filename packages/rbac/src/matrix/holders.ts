import { describeRule } from "../analysis/describe-rule.ts";
import type { BoundRole } from "../authorizer/rbac-index.ts";
import type { SubjectName } from "../authorizer/subject.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { verbsInWords } from "./verb-words.ts";

/** True for a binding that says until when it holds. */
export function isBreakGlass({ binding }: BoundRole): boolean {
  return binding.metadata.annotations?.["plinth.dev/until"] !== undefined;
}

/** Groups by their names; others with what they are. */
export function holders(subjects: readonly SubjectName[]): string {
  return subjects
    .map(({ kind, name, namespace }) =>
      kind === "Group" ? name : kind === "User" ? `user ${name}` : `service account ${namespace}/${name}`,
    )
    .sort()
    .join(", ");
}

/** Rules in one cell, in the words of the page: what the same words are said of stands together. */
export function rulesInWords(rules: readonly PolicyRule[]): string {
  const resourcesOf = new Map<string, string[]>();
  const exact: string[] = [];
  for (const rule of rules) {
    const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule;
    if (resourceNames.length > 0 || nonResourceURLs.length > 0) exact.push(describeRule(rule));
    else
      for (const resource of apiGroups.length === 0 ? [] : resources) {
        const words = verbsInWords(resource, new Set(verbs));
        resourcesOf.set(words, [...(resourcesOf.get(words) ?? []), resource]);
      }
  }
  const grouped = [...resourcesOf].map(([words, resources]) =>
    words === "yes" ? resources.join(", ") : `${words} ${[...new Set(resources)].join(", ")}`,
  );
  return [...grouped, ...exact].join("; ");
}
