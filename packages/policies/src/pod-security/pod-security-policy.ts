import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import type { PolicyInput } from "../admission/policy.ts";
import { newestMinor, type PodSecurityRules, podSecurityRules } from "./rules.ts";

/** A policy that judges by the rules of one minor of Kubernetes. */
export type PodSecurityPolicy = ParameterizedPolicy<{ readonly kubernetes: string }>;

/**
 * A control that differs between minors of Kubernetes: an environment has that of its cluster. It is tried at the newest minor, and at these, where it
 * says something else.
 */
export function podSecurityPolicy(
  tried: readonly string[],
  policy: (rules: PodSecurityRules) => PolicyInput,
): PodSecurityPolicy {
  return parameterizedPolicy({
    defaults: { kubernetes: newestMinor },
    parameters: { kubernetes: "The minor of Kubernetes whose rules hold." },
    from: (_platform, { cluster }) => ({ kubernetes: cluster.kubernetes }),
    tried: tried.map((kubernetes) => ({ kubernetes })),
    policy: ({ kubernetes }) => policy(podSecurityRules(kubernetes)),
  });
}
