import type { Environment, Finding, Platform } from "@plinth/core";
import { checkBalancing } from "../checks/layers.ts";
import type { CollectorWorkload } from "../operator/collector-workload.ts";
import { headlessHost } from "./places.ts";
import { agentWorkload, clusterWorkload, gatewayWorkload, samplingWorkload } from "./workloads.ts";

/**
 * What is wrong with how collectors fit together: several pods that sample traces or pair their spans, and nobody who brings all spans of a trace to one of
 * them. Each would judge the part that it has, and an error in another part would not keep it.
 *
 * @see https://opentelemetry.io/docs/concepts/sampling/#tail-sampling
 * @example
 * declare const gateway: CollectorWorkload;
 * declare const sampler: CollectorWorkload;
 * checkCollectors([gateway, sampler]);
 */
export function checkCollectors(workloads: readonly CollectorWorkload[]): Finding[] {
  return workloads.flatMap((sampler) => {
    const inLayers = [sampler, ...workloads.filter((other) => other !== sampler)].map((workload) => ({
      name: workload.name,
      config: workload.collector.config,
      // The others are asked only whether they balance.
      replicas: workload === sampler ? mostPods(workload.runs) : 1,
      hosts: [headlessHost(workload)],
    }));
    return checkBalancing(inLayers).map(
      ({ path = "", ...finding }): Finding => ({
        ...finding,
        resource: `opentelemetry.io/v1beta1/OpenTelemetryCollector ${sampler.namespace}/${sampler.name}`,
        path: `spec.config.${path.slice(sampler.name.length + 1)}`,
      }),
    );
  });
}

/** `checkCollectors` for the collectors of each environment. */
export function checkEveryEnvironment(platform: Platform): Finding[] {
  return platform.environments.flatMap((environment: Environment) =>
    checkCollectors(
      [agentWorkload, clusterWorkload, gatewayWorkload, samplingWorkload].map((workload) =>
        workload(platform, environment),
      ),
    ),
  );
}

/** How many pods there may be at once: one on each node are many. */
function mostPods(runs: CollectorWorkload["runs"]): number {
  if (runs.mode === "daemonset") return Number.POSITIVE_INFINITY;
  return typeof runs.replicas === "number" ? runs.replicas : runs.replicas.to;
}
