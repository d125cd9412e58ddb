import { type AnyPolicy, controlsOf, type PolicyCategory } from "../admission/policy.ts";

/** Every policy: what a rollout says for all of them. */
export const everyPolicy = "*";

/** How a rollout names a category: `pod-security`. */
export function categoryGroup(category: PolicyCategory): string {
  return category.toLowerCase().replaceAll(" ", "-");
}

/**
 * What a rollout may call a policy by, the narrowest first: its name, its category with a level, its category, all policies. Levels of Pod Security do not
 * hold each other here: `pod-security/restricted` is what restricted asks beyond baseline.
 *
 * @example
 * groupsOf(disallowHostPath); // ["disallow-host-path", "pod-security/baseline", "pod-security", "*"]
 */
export function groupsOf(policy: AnyPolicy): readonly string[] {
  return groupSteps(policy).flat();
}

/** The same by how narrow they are. */
function groupSteps(policy: AnyPolicy): readonly (readonly string[])[] {
  const category = categoryGroup(policy.category);
  const levels = controlsOf(policy).flatMap((control) =>
    control.standard === "pod-security" ? [`pod-security/${control.level}`] : [],
  );
  return [[policy.name], [...new Set(levels)], [category], [everyPolicy]];
}

/** How wide a name is for a policy: 0 is the policy itself. `undefined` when it is no name of it. */
export function widthOf(policy: AnyPolicy, group: string): number | undefined {
  const width = groupSteps(policy).findIndex((names) => names.includes(group));
  return width === -1 ? undefined : width;
}
