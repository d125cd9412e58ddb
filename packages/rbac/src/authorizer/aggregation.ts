import type { PolicyRule } from "../roles/policy-rule.ts";
import { selects } from "./label-selector.ts";
import type { RoleObject } from "./rbac-objects.ts";

/**
 * The rules that a ClusterRole has in a cluster: its own, or, when it aggregates, those of every ClusterRole that its selectors mean, through aggregated
 * ones too. The controller writes over what an aggregated role says itself.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregatedRules(
  role: RoleObject,
  clusterRoles: ReadonlyMap<string, RoleObject>,
): readonly PolicyRule[] {
  if (role.aggregates === undefined) return role.rules;
  const seen = new Set<RoleObject>([role]);
  const rules: PolicyRule[] = [];
  // Roles may aggregate each other in a circle: each is followed once.
  const follow = ({ aggregates = [] }: RoleObject): void => {
    for (const candidate of clusterRoles.values()) {
      if (
        seen.has(candidate) ||
        !aggregates.some((selector) => selects(selector, candidate.resource.metadata.labels ?? {}))
      )
        continue;
      seen.add(candidate);
      if (candidate.aggregates === undefined) rules.push(...candidate.rules);
      else follow(candidate);
    }
  };
  follow(role);
  return rules;
}
