import { buildResource, type FoundationComponent, type Resource, type Tier, tiers } from "@plinth/core";
import { PriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";

interface Priority {
  /** Below 1,000,000,000: above are Kubernetes' own. */
  readonly value: number;
  readonly preemptionPolicy: "PreemptLowerPriority" | "Never";
  readonly description: string;
}

const priorities: Readonly<Record<Tier, Priority>> = {
  critical: {
    value: 400_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services of the tier critical: when nodes are full, pods of lower tiers make room for them.",
  },
  high: {
    value: 300_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services of the tier high: when nodes are full, pods of the tiers medium and low make room for them.",
  },
  medium: {
    value: 200_000,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Services of the tier medium, and every pod that names no class.",
  },
  low: {
    value: 100_000,
    preemptionPolicy: "Never",
    description: "Services of the tier low: they wait for room and take it from nobody.",
  },
};

/** The classes that Kubernetes keeps for itself: https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/ */
export const systemPriorityClasses: readonly string[] = ["system-cluster-critical", "system-node-critical"];

/**
 * The name of a tier's PriorityClass.
 *
 * @example
 * const name: string = priorityClassOf("critical"); // "tier-critical"
 */
export function priorityClassOf(tier: Tier): string {
  return `tier-${tier}`;
}

/**
 * Who makes room for whom when nodes are full: one PriorityClass for each tier. `tier-medium` is what a pod gets that names none; without a default that
 * would be 0, below the lowest tier, and charts that name no class would be the first to go.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export const priorityClasses: FoundationComponent = {
  name: "priority-classes",
  layer: "foundation",
  shared: () => tiers.map(priorityClass),
};

function priorityClass(tier: Tier): Resource {
  const { value, preemptionPolicy, description } = priorities[tier];
  return buildResource(PriorityClass, {
    metadata: { name: priorityClassOf(tier) },
    value,
    ...(tier === "medium" ? { globalDefault: true } : {}),
    preemptionPolicy,
    description,
  });
}
