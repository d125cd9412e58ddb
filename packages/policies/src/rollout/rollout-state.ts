import type { Environment, Platform, PolicyAction } from "@plinth/core";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { actionsIn, namespacesIn, rolloutOf } from "../admission/rollout.ts";

/** What happens to an object, in a word. */
const words: Readonly<Record<PolicyAction, string>> = {
  enforce: "refused",
  warn: "reported with a warning",
  audit: "reported",
};

/**
 * What happens in an environment to an object that a policy finds fault with: `refused`; where that is not one thing, which in which namespaces, the
 * strictest first.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * stateIn(disallowHostPath, platform, production); // "refused"
 */
export function stateIn(policy: AnyPolicy, platform: Platform, environment: Environment): string {
  const resolved = policyIn(policy, platform, environment);
  if (resolved === undefined) return "not judged";
  const rollout = rolloutOf(resolved, platform, environment);
  const actions = actionsIn(rollout);
  const [only] = actions;
  if (only === undefined) return "not judged";
  if (actions.length === 1) return words[only];
  return actions.map((action) => `${words[action]} in ${namespacesIn(rollout, action).join(", ")}`).join("; ");
}
