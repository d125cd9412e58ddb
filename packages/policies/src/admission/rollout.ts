import type { Environment, Finding, Platform } from "@plinth/core";
import type { Policy } from "./policy.ts";

/** What happens to an object that a policy finds fault with: it is reported, or refused. */
export type PolicyAction = "audit" | "enforce";

/** Namespaces by what a policy does there: each team namespace in exactly one of the lists, no other namespace in any. */
export type Rollout = Readonly<Record<PolicyAction, readonly string[]>>;

/** Namespaces of the cluster itself, which no policy may judge. */
export const systemNamespaces: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"];

const isBaseline = ({ control }: Policy): boolean =>
  control?.standard === "pod-security" && control.level === "baseline";

/** Which policies refuse, by what the environment says of admission. */
const enforces: Readonly<Record<Environment["admission"]["enforce"], (policy: Policy) => boolean>> = {
  none: () => false,
  baseline: isBaseline,
  all: () => true,
};

/** What a policy does in an environment. */
export function actionOf(policy: Policy, environment: Environment): PolicyAction {
  return enforces[environment.admission.enforce](policy) ? "enforce" : "audit";
}

/**
 * Where a policy audits and where it enforces. Only namespaces of teams are judged: what the platform itself runs has needs of its own, and a refusal
 * in kube-system could keep the cluster from starting.
 */
export function rolloutOf(policy: Policy, platform: Platform, environment: Environment): Rollout {
  const namespaces = platform.teams.map(({ namespace }) => namespace).sort();
  const none: Rollout = { audit: [], enforce: [] };
  return { ...none, [actionOf(policy, environment)]: namespaces };
}

/** Teams in namespaces of the cluster itself: a policy there could keep the cluster from starting. */
export function namespaceFindings(platform: Platform): readonly Finding[] {
  return platform.teams
    .filter(({ namespace }) => systemNamespaces.includes(namespace) || namespace.startsWith("kube-"))
    .map((team) => ({
      code: "conflicting-fields",
      severity: "error",
      ...(team.source === undefined ? {} : { source: team.source }),
      path: `teams[${team.name}].namespace`,
      message: `${JSON.stringify(team.namespace)} belongs to the cluster itself`,
      expected: "a namespace of the team's own",
      example: JSON.stringify(`team-${team.name}`),
    }));
}
