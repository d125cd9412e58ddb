import type { Permission, PolicyRule } from "../roles/policy-rule.ts";
import { resourceMatches } from "./rule-matching.ts";

/** Something that a rule is good for when it allows any of the permissions. */
export interface Grantable<Name> {
  readonly name: Name;
  readonly anyOf: readonly Permission[];
}

/**
 * Says what rules are good for: all names of which a rule allows any verb of a permission on any of its resources. `*` in a permission stands for whatever a
 * rule names. What a rule with names cannot allow is left out: a request to create an object, or to delete many, bears no name.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function grantReader<Name>(table: readonly Grantable<Name>[]): (rule: PolicyRule) => readonly Name[] {
  const byResource = new Map<string, { index: number; verbs: readonly string[] }[]>();
  const open: number[] = [];
  table.forEach(({ anyOf }, index) => {
    for (const { resources, verbs } of anyOf) {
      for (const [apiGroup, names] of Object.entries(resources)) {
        if (apiGroup === "*" || names.includes("*")) open.push(index);
        for (const resource of names) {
          const key = `${apiGroup}/${resource}`;
          const entries = byResource.get(key) ?? [];
          entries.push({ index, verbs });
          byResource.set(key, entries);
        }
      }
    }
  });
  return (rule) => {
    const { apiGroups = [], resources = [] } = rule;
    const found = new Set<number>();
    const isOpen = apiGroups.includes("*") || resources.some((resource) => resource.startsWith("*"));
    for (const index of isOpen ? table.keys() : open) if (grants(rule, table[index]?.anyOf ?? [])) found.add(index);
    if (!isOpen) {
      for (const apiGroup of apiGroups) {
        for (const resource of resources) {
          for (const { index, verbs } of byResource.get(`${apiGroup}/${resource}`) ?? [])
            if (!found.has(index) && allowsAny(rule, verbs, resource)) found.add(index);
        }
      }
    }
    return table.flatMap(({ name }, index) => (found.has(index) ? [name] : []));
  };
}

/** True when a rule allows any verb of one of the permissions on any of its resources. */
function grants(rule: PolicyRule, permissions: readonly Permission[]): boolean {
  const { apiGroups = [], resources = [] } = rule;
  return permissions.some((permission) =>
    Object.entries(permission.resources).some(
      ([apiGroup, names]) =>
        (apiGroup === "*" ? apiGroups.length > 0 : apiGroups.includes("*") || apiGroups.includes(apiGroup)) &&
        names.some(
          (resource) =>
            (resource === "*" ? resources.length > 0 : resourceMatches(resources, resource)) &&
            allowsAny(rule, permission.verbs, resource),
        ),
    ),
  );
}

const namelessVerbs: ReadonlySet<string> = new Set(["create", "deletecollection"]);

/** True when one of the verbs is allowed on a resource of the rule, for a request that the rule's names can meet. */
function allowsAny(rule: PolicyRule, verbs: readonly string[], resource: string): boolean {
  const nameless = (rule.resourceNames ?? []).length === 0 || resource.includes("/");
  return verbs.some(
    (verb) => (rule.verbs.includes("*") || rule.verbs.includes(verb)) && (nameless || !namelessVerbs.has(verb)),
  );
}
