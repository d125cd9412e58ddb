import type { Environment } from "@plinth/core";
import type { QueueBatch } from "../exporters/delivery.ts";
import type { CollectorResources, Replicas } from "../operator/collector-workload.ts";

/** How large each collector is. Quantities are written as the API server prints them. */
export const collectorSizes: Readonly<Record<"agent" | "gateway" | "sampling" | "cluster", CollectorResources>> = {
  agent: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
  gateway: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "2", memory: "1Gi" } },
  // 50,000 traces of 20 spans of 1 KB are 1 GB.
  sampling: { requests: { cpu: "500m", memory: "2Gi" }, limits: { cpu: "2", memory: "2Gi" } },
  // Some 20 KB of memory for each pod of the cluster.
  cluster: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
};

/** Where a collector keeps its queue. */
export const queueFolder = "/var/lib/otelcol/queue";

/** The volume of each sampler: what was kept in an hour or more in which a back end is away, at some MB a second. */
export const samplerVolume = "4Gi";

/**
 * How what waits is put together into requests: by bytes. Servers of gRPC refuse for good what is larger than 4 MiB unless they are told otherwise, and what is
 * refused for good is lost; 8192 log records may be many times that.
 *
 * @see https://pkg.go.dev/google.golang.org/grpc#MaxRecvMsgSize
 */
export const requests: QueueBatch = { sizer: "bytes", minSize: 1024 ** 2, maxSize: 3 * 1024 ** 2 };

/**
 * How long an agent waits for the gateway's answer. The gateway answers when a sampler or a back end has taken the data, and tries again until nobody waits.
 */
export const answerWithin = "30s";

/** Bytes of the queue of each agent, on the disk of its node. */
export const agentQueueBytes: number = 1024 ** 3;

/** Pods of the second layer: one can be away, and in production a second. Never autoscaled: another number is another ring, which splits the traces under way. */
export function samplerReplicas({ production }: Environment): number {
  return production ? 3 : 2;
}

/**
 * Pods of the first layer. It holds nothing between two requests, so it follows the load: quickly up, slowly down, since each pod that goes takes its
 * connections with it.
 */
export function gatewayReplicas({ production }: Environment): Replicas {
  return production ? { from: 3, to: 10, cpuPercent: 70 } : { from: 2, to: 4, cpuPercent: 70 };
}
