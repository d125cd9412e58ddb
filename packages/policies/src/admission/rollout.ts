import type { Environment, Finding, Platform, PolicyAction } from "@plinth/core";
import { decidingRollouts } from "../rollout/deciding-rollout.ts";
import { isClusterScoped } from "./match.ts";
import { type AnyPolicy, controlsOf } from "./policy.ts";

export type { PolicyAction } from "@plinth/core";

/** Namespaces by what a policy does there: each team namespace in exactly one of the lists, no other namespace in any. */
export interface Rollout {
  readonly audit: readonly string[];
  /** @default none */
  readonly warn?: readonly string[];
  readonly enforce: readonly string[];
  /** For policies about objects in no namespace. */
  readonly cluster?: ClusterRollout;
}

/** What a policy does with objects that live in no namespace: one thing in the whole cluster, but not with those of the cluster and the platform. */
export interface ClusterRollout {
  readonly action: PolicyAction;
  /** Objects of these names are not judged. */
  readonly exceptNames: readonly string[];
  /** Nor are objects whose name is one of these, or begins with one and `-` or `:`. */
  readonly exceptOwners: readonly string[];
}

/** Namespaces of the cluster itself, which no policy may judge. */
export const systemNamespaces: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** The roles that every cluster has: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const systemNames: readonly string[] = ["admin", "cluster-admin", "edit", "view"];

/** What names of the cluster's own objects begin with: Kubernetes, kubeadm, and the managed clusters of AWS. */
const systemOwners: readonly string[] = ["aws", "eks", "kubeadm", "system"];

const isBaseline = (policy: Pick<AnyPolicy, "control">): boolean =>
  controlsOf(policy).some((control) => control.standard === "pod-security" && control.level === "baseline");

/** Which policies refuse, by what the environment says of admission. */
const enforces: Readonly<Record<Environment["admission"]["enforce"], (policy: AnyPolicy) => boolean>> = {
  none: () => false,
  baseline: isBaseline,
  all: ({ auditOnly = false }) => !auditOnly,
};

/** What a policy does in an environment where no rollout says something else. */
export function actionOf(policy: AnyPolicy, environment: Environment): PolicyAction {
  return enforces[environment.admission.enforce](policy) ? "enforce" : "audit";
}

/**
 * What a policy does in the namespace of a team, or, without one, with what lives in no namespace: what the narrowest rollout says, or else the environment. A
 * policy that only ever reports refuses nothing because of what is said for a whole category.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * actionIn(disallowHostPath, platform, production, "data"); // "enforce"
 */
export function actionIn(
  policy: AnyPolicy,
  platform: Pick<Platform, "policyRollouts">,
  environment: Environment,
  team?: string,
): PolicyAction {
  const place = team === undefined ? { environment } : { environment, team };
  const [deciding] = decidingRollouts(platform, policy, place);
  if (deciding === undefined) return actionOf(policy, environment);
  return deciding.action === "enforce" && policy.auditOnly === true ? "audit" : deciding.action;
}

/** What a policy does anywhere, the strictest first. */
export function actionsIn(rollout: Rollout): readonly PolicyAction[] {
  return strictestFirst.filter(
    (action) => rollout.cluster?.action === action || namespacesIn(rollout, action).length > 0,
  );
}

/** The actions, the strictest first. */
const strictestFirst: readonly PolicyAction[] = ["enforce", "warn", "audit"];

/** The namespaces in which a policy does that. */
export function namespacesIn(rollout: Rollout, action: PolicyAction): readonly string[] {
  return rollout[action] ?? [];
}

/**
 * Where a policy audits, where it warns and where it enforces. Only namespaces of teams are judged: what the platform itself runs has needs of its own, and a refusal
 * in kube-system could keep the cluster from starting. What lives in no namespace is judged by its name: not what the cluster made for itself, nor what
 * the platform's components brought along.
 */
export function rolloutOf(policy: AnyPolicy, platform: Platform, environment: Environment): Rollout {
  if (isClusterScoped(policy.match)) {
    const action = actionIn(policy, platform, environment);
    return { audit: [], enforce: [], cluster: { action, exceptNames: systemNames, exceptOwners: ownersIn(platform) } };
  }
  const namespacesWith = (action: PolicyAction): string[] =>
    platform.teams
      .filter(({ name }) => actionIn(policy, platform, environment, name) === action)
      .map(({ namespace }) => String(namespace))
      .sort();
  const warn = namespacesWith("warn");
  return {
    audit: namespacesWith("audit"),
    ...(warn.length === 0 ? {} : { warn }),
    enforce: namespacesWith("enforce"),
  };
}

/** What names of objects begin with that the cluster, the platform and its components made. */
function ownersIn({ components }: Platform): string[] {
  const owners = [...systemOwners, "platform", ...components.flatMap(({ name, software }) => [name, software])];
  return [...new Set(owners)].sort();
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
