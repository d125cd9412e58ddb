import { type CelExpression, cel } from "../admission/cel.ts";
import type { Policy } from "../admission/policy.ts";
import { inUserNamespace, isWindows } from "./pod-variables.ts";
import type { PodSecurityRules } from "./rules.ts";

type Judged = Pick<Policy, "variables" | "offenders">;

/** No offenders in a pod whose users are none of the node's, where the minor of Kubernetes trusts that. */
export function unlessInUserNamespace(
  { trustsUserNamespaces }: PodSecurityRules,
  offenders: CelExpression,
  variables: Policy["variables"] = {},
): Judged {
  if (!trustsUserNamespaces) return { variables, offenders };
  return {
    variables: { ...variables, inUserNamespace },
    offenders: cel`variables.inUserNamespace ? [] : ${offenders}`,
  };
}

/** No offenders in a pod for Windows, whose API refuses the fields that are asked for. */
export function unlessOnWindows(offenders: CelExpression, variables: Policy["variables"] = {}): Judged {
  return { variables: { ...variables, isWindows }, offenders: cel`variables.isWindows ? [] : ${offenders}` };
}
