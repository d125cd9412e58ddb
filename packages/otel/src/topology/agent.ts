import type { Platform } from "@plinth/core";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { k8sAttributes } from "../processors/k8s-attributes.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resourceDetection } from "../processors/resource-detection.ts";
import { containerLog, fileLog } from "../receivers/file-log.ts";
import { hostMetrics } from "../receivers/host-metrics.ts";
import { kubeletStats } from "../receivers/kubelet-stats.ts";
import { otlp } from "../receivers/otlp.ts";
import { collectorPlaces, serviceHost } from "./places.ts";

/** Where the agent finds what it mounts of the node. */
export const agentPaths = { host: "/hostfs", podLogs: "/var/log/pods", state: "/var/lib/otelcol" } as const;

/** Environment variables that the agent's configuration reads. */
export const agentVariables = { nodeName: "K8S_NODE_NAME", nodeIp: "K8S_NODE_IP" } as const;

// What data of a pod carries. No uid of a workload: each would need one more permission.
const podAttributes = [
  "k8s.namespace.name",
  "k8s.deployment.name",
  "k8s.statefulset.name",
  "k8s.daemonset.name",
  "k8s.cronjob.name",
  "k8s.job.name",
  "k8s.pod.name",
  "k8s.pod.uid",
  "k8s.container.name",
  "k8s.node.name",
  "container.image.name",
  "container.image.tags",
  "service.namespace",
  "service.name",
  "service.version",
  "service.instance.id",
];

/**
 * The collector of each node: takes what the node's pods send, reads their logs, measures node and pods, adds what only the node knows, and hands
 * everything to the gateway. It is the same in every environment.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const { config, findings } = agentCollector(examplePlatform());
 */
export function agentCollector(platform: Platform): CompiledCollector {
  const { agent, gateway } = collectorPlaces(platform);
  const services = otlp({
    grpc: { endpoint: `0.0.0.0:${agent.ports.otlpGrpc}` },
    http: { endpoint: `0.0.0.0:${agent.ports.otlpHttp}` },
  });
  const containerLogs = fileLog({
    include: [`${agentPaths.podLogs}/*/*/*.log`],
    // Its own lines would be read, sent, and written about again.
    exclude: [`${agentPaths.podLogs}/${agent.namespace}_${agent.name}-collector-*/*/*.log`],
    startAt: "end",
    includeFilePath: true,
    includeFileName: false,
    operators: [containerLog()],
    storage: fileStorage({ directory: agentPaths.state, createDirectory: true }),
    retry: true,
  });
  const node = hostMetrics({
    rootPath: agentPaths.host,
    collectionInterval: "30s",
    // Network and file systems come from the kubelet: the scrapers would measure the pod's own interfaces, and need the node's root and CAP_SYS_PTRACE.
    scrapers: { cpu: {}, disk: {}, load: {}, memory: {}, paging: {} },
  });
  const kubelet = kubeletStats({
    endpoint: `https://\${env:${agentVariables.nodeIp}}:10250`,
    insecureSkipVerify: true,
    collectionInterval: "30s",
    metricGroups: ["container", "pod", "node", "volume"],
  });
  const enrichment = [
    memoryLimiter(),
    resourceDetection({ detectors: ["env"] }),
    k8sAttributes({
      nodeFromEnvironment: agentVariables.nodeName,
      otelAnnotations: true,
      metadata: podAttributes,
      recogniseBy: [{ attribute: "k8s.pod.uid" }, { attribute: "k8s.pod.ip" }, "connection"],
    }),
  ];
  const toGateway = otlpGrpc({
    name: "gateway",
    endpoint: `${serviceHost(gateway)}:${gateway.ports.otlpGrpc}`,
    tls: "plaintext",
    queue: { batch: { maxSize: 8192 } },
  });
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: agent.ports.metrics, logs: "json" },
    pipelines: [
      pipeline("traces", from(services), enrichment, to(toGateway)),
      pipeline("metrics", from(services, node, kubelet), enrichment, to(toGateway)),
      pipeline("logs", from(services, containerLogs), enrichment, to(toGateway)),
    ],
  });
}
