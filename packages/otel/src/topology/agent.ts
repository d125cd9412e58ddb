import type { Environment, Platform } from "@plinth/core";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import type { Receiver } from "../configuration/component.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { k8sAttributes } from "../processors/k8s-attributes.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resourceDetection } from "../processors/resource-detection.ts";
import { containerLog, fileLog } from "../receivers/file-log.ts";
import { fluentForward } from "../receivers/fluent-forward.ts";
import { hostMetrics } from "../receivers/host-metrics.ts";
import { jaeger } from "../receivers/jaeger.ts";
import { kubeletStats } from "../receivers/kubelet-stats.ts";
import { otlp } from "../receivers/otlp.ts";
import { zipkin } from "../receivers/zipkin.ts";
import { collectorPlaces, formerPorts, serviceHost } from "./places.ts";
import { podAttributes } from "./platform-attributes.ts";
import { agentQueueBytes, answerWithin, queueFolder, requests } from "./sizes.ts";

/** Where the agent finds what it mounts of the node. */
export const agentPaths = { host: "/hostfs", podLogs: "/var/log/pods", state: "/var/lib/otelcol" } as const;

/** Environment variables that the agent's configuration reads. */
export const agentVariables = { nodeName: "K8S_NODE_NAME", nodeIp: "K8S_NODE_IP" } as const;

/**
 * The collector of each node: takes what the node's pods send, reads their logs, measures node and pods, adds what only the node knows, and hands
 * everything to the gateway. What the gateway does not take waits on the node's disk.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const { config, findings } = agentCollector(platform, environmentNamed(platform, "production"));
 */
export function agentCollector(platform: Platform, environment: Environment): CompiledCollector {
  const { agent, gateway } = collectorPlaces(platform);
  const services = otlp({
    grpc: { endpoint: `0.0.0.0:${agent.ports.otlpGrpc}` },
    http: { endpoint: `0.0.0.0:${agent.ports.otlpHttp}` },
  });
  const former = formerReceivers(platform, environment);
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
    timeout: answerWithin,
    queue: {
      size: agentQueueBytes,
      sizer: "bytes",
      batch: { ...requests, flushTimeout: "1s" },
      storage: fileStorage({ name: "queue", directory: queueFolder, createDirectory: true }),
    },
    // The gateway keeps nothing that it has not handed on: what a back end does not take for a while waits here, and here is room.
    retry: { maxElapsedTime: "0s" },
  });
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: agent.ports.metrics, logs: "json" },
    pipelines: [
      pipeline("traces", from(services, ...former.traces), enrichment, to(toGateway)),
      pipeline("metrics", from(services, node, kubelet), enrichment, to(toGateway)),
      pipeline("logs", from(services, containerLogs, ...former.logs), enrichment, to(toGateway)),
    ],
  });
}

interface FormerReceivers {
  readonly traces: readonly Receiver<"traces">[];
  readonly logs: readonly Receiver<"logs">[];
}

/** What takes the protocols of services that are still to be moved. */
function formerReceivers(platform: Platform, environment: Environment): FormerReceivers {
  const ports = formerPorts(platform, environment);
  const address = (name: string): string | undefined => {
    const port = ports.get(name);
    return port === undefined ? undefined : `0.0.0.0:${port}`;
  };
  const [zipkinAddress, jaegerGrpc, jaegerHttp, fluent] = [
    address("zipkin"),
    address("jaeger-grpc"),
    address("jaeger-http"),
    address("fluent-forward"),
  ];
  return {
    traces: [
      ...(zipkinAddress === undefined ? [] : [zipkin({ endpoint: zipkinAddress })]),
      ...(jaegerGrpc === undefined || jaegerHttp === undefined
        ? []
        : [jaeger({ grpc: { endpoint: jaegerGrpc }, thriftHttp: { endpoint: jaegerHttp } })]),
    ],
    logs: fluent === undefined ? [] : [fluentForward({ endpoint: fluent })],
  };
}
