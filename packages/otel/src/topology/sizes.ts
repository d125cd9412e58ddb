import type { Environment } from "@plinth/core";
import type { CollectorResources } from "../operator/collector-resource.ts";

/** How large each collector is. Quantities are written as the API server prints them. */
export const collectorSizes: Readonly<Record<"agent" | "gateway" | "sampling", CollectorResources>> = {
  agent: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
  gateway: { requests: { cpu: "200m", memory: "512Mi" }, limits: { cpu: "1", memory: "1Gi" } },
  // 50,000 traces of 20 spans of 1 KB are 1 GB.
  sampling: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "2", memory: "2Gi" } },
};

/** Pods of each layer of the gateway: one can be away, and in production a second. */
export function gatewayReplicas({ production }: Environment): number {
  return production ? 3 : 2;
}
