import type { PolicyRule } from "../roles/policy-rule.ts";
import { pathMatches, resourceMatches } from "./rule-matching.ts";

/**
 * What is wanted and not held: when it is empty, whoever holds the one may everything that the other allows. A wildcard is covered by a wildcard only, as a
 * later resource or verb would be in it. The API server asks the same before it lets somebody write a role or a binding. Each rule of the answer has one
 * verb and one resource or path.
 *
 * @example
 * const gained: PolicyRule[] = uncoveredRules(rulesOf(namespaceViewer), rulesOf(platformViewer));
 *
 * @see https://pkg.go.dev/k8s.io/component-helpers/auth/rbac/validation#Covers
 */
export function uncoveredRules(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted
    .flatMap(atomsOf)
    .filter((atom) => !held.some((rule) => covers(rule, atom)))
    .map(ruleOf);
}

/** One verb on one resource, narrowed to one name or to none; or one verb on one path. */
type Atom =
  | { readonly verb: string; readonly apiGroup: string; readonly resource: string; readonly name: string | undefined }
  | { readonly verb: string; readonly path: string };

function atomsOf({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule): Atom[] {
  const names = resourceNames.length === 0 ? [undefined] : resourceNames;
  return verbs.flatMap((verb): Atom[] => [
    ...apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) => names.map((name) => ({ verb, apiGroup, resource, name }))),
    ),
    ...nonResourceURLs.map((path) => ({ verb, path })),
  ]);
}

function covers(
  { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule,
  atom: Atom,
): boolean {
  if (!verbs.includes("*") && !verbs.includes(atom.verb)) return false;
  if ("path" in atom) return nonResourceURLs.some((pattern) => pathMatches(pattern, atom.path));
  const named = resourceNames.length === 0 || (atom.name !== undefined && resourceNames.includes(atom.name));
  return (
    named && (apiGroups.includes("*") || apiGroups.includes(atom.apiGroup)) && resourceMatches(resources, atom.resource)
  );
}

function ruleOf(atom: Atom): PolicyRule {
  if ("path" in atom) return { nonResourceURLs: [atom.path], verbs: [atom.verb] };
  return {
    apiGroups: [atom.apiGroup],
    resources: [atom.resource],
    ...(atom.name === undefined ? {} : { resourceNames: [atom.name] }),
    verbs: [atom.verb],
  };
}
