import type { PodController } from "./autogen.ts";
import { type CelExpression, cel } from "./cel.ts";
import { type ObjectKind, type ObjectKindName, objectKind } from "./object-kinds.ts";

/** What somebody does to an object when a policy is asked. */
export type Operation = "CREATE" | "UPDATE";

/** Pods, and through the rules that Kyverno derives, the controllers that make them. */
export interface PodsMatch {
  readonly kind: "pods";
  /** Controllers whose pod template is judged by the same rule, so that the answer comes where the template is written. */
  readonly controllers: readonly PodController[];
  readonly operations: readonly Operation[];
}

/** Objects of other kinds, all in namespaces or all of the cluster. */
export interface ObjectsMatch {
  readonly kind: "objects";
  readonly kinds: readonly ObjectKindName[];
  /** None: Kyverno derives rules from rules for pods only. */
  readonly controllers: readonly [];
  readonly operations: readonly Operation[];
}

/** What a policy judges. */
export type PolicyMatch = PodsMatch | ObjectsMatch;

// Without the list Kyverno takes all six: a ReplicaSet repeats what its Deployment was told already.
const workloadControllers: readonly PodController[] = ["deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"];

const everyChange: readonly Operation[] = ["CREATE", "UPDATE"];

/**
 * Judges pods when they are created or updated, and the templates of their controllers.
 *
 * Ephemeral containers come in through the subresource `pods/ephemeralcontainers`, which a rule for pods does not see at admission and which, named
 * beside pods, turns the derived rules off. Pod Security admission judges them there, Kyverno's background scan afterwards.
 *
 * @example
 * pods(); // Deployment, StatefulSet, DaemonSet, Job and CronJob, too
 * pods({ controllers: [] }); // only pods themselves
 */
export function pods({
  controllers = workloadControllers,
  operations = everyChange,
}: {
  controllers?: readonly PodController[];
  operations?: readonly Operation[];
} = {}): PodsMatch {
  return { kind: "pods", controllers, operations };
}

/**
 * Judges objects of other kinds when they are created or updated. All of them live in namespaces, or none does: what is in no namespace is shared out in
 * another way.
 *
 * @example
 * objects(["Service"]);
 * objects(["Role"], { operations: ["CREATE"] });
 */
export function objects(
  kinds: readonly [ObjectKindName, ...ObjectKindName[]],
  { operations = everyChange }: { operations?: readonly Operation[] } = {},
): ObjectsMatch {
  return { kind: "objects", kinds, controllers: [], operations };
}

/** The kinds that a match names itself, without those that Kyverno derives rules for. */
export function matchedKinds(match: PolicyMatch): readonly ObjectKind[] {
  return match.kind === "pods" ? [objectKind("Pod")] : match.kinds.map(objectKind);
}

/** True when what is judged lives in no namespace. */
export function isClusterScoped(match: PolicyMatch): boolean {
  return matchedKinds(match).every(({ scope }) => scope === "Cluster");
}

/** Variables that the policies of a match may use without saying what they are. */
export const standardVariables: Readonly<Record<PolicyMatch["kind"], Readonly<Record<string, CelExpression>>>> = {
  pods: {
    containers: cel`object.spec.containers
      + object.spec.?initContainers.orValue([])
      + object.spec.?ephemeralContainers.orValue([])`,
    volumes: cel`object.spec.?volumes.orValue([])`,
  },
  objects: {},
};
