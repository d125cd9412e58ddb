import type { PodController } from "./autogen.ts";
import { type CelExpression, cel } from "./cel.ts";

/** Pods, and through the rules that Kyverno derives, the controllers that make them. */
export interface PodsMatch {
  readonly kind: "pods";
  /** Controllers whose pod template is judged by the same rule, so that the answer comes where the template is written. */
  readonly controllers: readonly PodController[];
}

/** What a policy judges. */
export type PolicyMatch = PodsMatch;

// Without the list Kyverno takes all six: a ReplicaSet repeats what its Deployment was told already.
const workloadControllers: readonly PodController[] = ["deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"];

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
}: {
  controllers?: readonly PodController[];
} = {}): PodsMatch {
  return { kind: "pods", controllers };
}

/** Variables that the policies of a match may use without saying what they are. */
export const standardVariables: Readonly<Record<PolicyMatch["kind"], Readonly<Record<string, CelExpression>>>> = {
  pods: {
    containers: cel`object.spec.containers
      + object.spec.?initContainers.orValue([])
      + object.spec.?ephemeralContainers.orValue([])`,
    volumes: cel`object.spec.?volumes.orValue([])`,
  },
};
