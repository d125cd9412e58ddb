import { buildResource, printQuantity, type Quota, type Resource } from "@plinth/core";
import { LimitRange } from "kubernetes-models/v1/LimitRange";
import { amount, smaller } from "./amount.ts";

/** What a container gets that names nothing, as Kubernetes quantities. */
export interface ContainerLimits {
  /** Limits of a container that names none. */
  readonly default: { readonly memory: string };
  /** Requests of a container that names none. */
  readonly defaultRequest: { readonly cpu: string; readonly memory: string };
}

/** What a container gets that says nothing: enough to start, little enough to be noticed. */
const start = { cpuRequest: amount("100m"), memoryRequest: amount("128Mi"), memoryLimit: amount("256Mi") };

/**
 * What a container gets that names no requests or limits, so that the quota counts it instead of refusing it. Never more than the quota has.
 *
 * There is no largest container: the quota bounds it, and a bound that follows the quota would make each change of a quota a change of two objects.
 *
 * @example
 * const limits: ContainerLimits = containerLimits({ cpu: "20", memory: "40Gi" });
 * // { default: { memory: "256Mi" }, defaultRequest: { cpu: "100m", memory: "128Mi" } }
 */
export function containerLimits(quota: Pick<Quota, "cpu" | "memory">): ContainerLimits {
  const memoryLimit = smaller(start.memoryLimit, amount(quota.memory));
  return {
    default: { memory: printQuantity(memoryLimit) },
    defaultRequest: {
      cpu: printQuantity(smaller(start.cpuRequest, amount(quota.cpu))),
      memory: printQuantity(smaller(start.memoryRequest, memoryLimit)),
    },
  };
}

/**
 * The limits of a namespace's containers.
 *
 * @example
 * const resource = limitRange("team-data", { cpu: "40", memory: "80Gi" });
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function limitRange(namespace: string, quota: Pick<Quota, "cpu" | "memory">): Resource {
  const { default: limits, defaultRequest } = containerLimits(quota);
  return buildResource(LimitRange, {
    metadata: { name: namespace, namespace },
    spec: {
      limits: [{ type: "Container", default: { ...limits }, defaultRequest: { ...defaultRequest } }],
    },
  });
}
