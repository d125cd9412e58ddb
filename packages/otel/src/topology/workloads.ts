import { type Environment, once, type Platform } from "@plinth/core";
import type { CollectorWorkload } from "../operator/collector-workload.ts";
import { agentCollector, agentPaths, agentVariables } from "./agent.ts";
import { backendSecrets } from "./back-end.ts";
import { balancingGateway } from "./balancing-gateway.ts";
import { clusterCollector } from "./cluster-collector.ts";
import { collectorPlaces } from "./places.ts";
import { podVariable, samplingGateway } from "./sampling-gateway.ts";
import { collectorSizes, gatewayReplicas, samplerReplicas, samplerVolume } from "./sizes.ts";

/** Collectors on nodes come before what they watch: a full node keeps its agent. */
export const collectorPriorityClass = "telemetry-agents";

/** A collector of an environment. Pages, checks and files read the same one: it is compiled once. */
type Workload = (platform: Platform, environment: Environment) => CollectorWorkload;

/** The collector of each node. */
export const agentWorkload: Workload = once((platform, environment) => {
  const place = collectorPlaces(platform).agent;
  return {
    name: place.name,
    namespace: place.namespace,
    labels: place.podLabels,
    collector: agentCollector(platform, environment),
    image: "k8s",
    runs: { mode: "daemonset" },
    resources: collectorSizes.agent,
    priorityClass: collectorPriorityClass,
    podFields: { [agentVariables.nodeName]: "spec.nodeName", [agentVariables.nodeIp]: "status.hostIP" },
    variables: { OTEL_RESOURCE_ATTRIBUTES: `k8s.node.name=$(${agentVariables.nodeName})` },
    hostFolders: [
      { name: "proc", from: "/proc", at: `${agentPaths.host}/proc` },
      { name: "sys", from: "/sys", at: `${agentPaths.host}/sys` },
      { name: "pod-logs", from: agentPaths.podLogs },
      { name: "state", from: agentPaths.state, writable: true },
    ],
  };
});

/** The first layer of the gateway. A minute is enough to send what its queues hold. */
export const gatewayWorkload: Workload = once((platform, environment) => {
  const place = collectorPlaces(platform).gateway;
  return {
    name: place.name,
    namespace: place.namespace,
    labels: place.podLabels,
    collector: balancingGateway(platform, environment),
    image: "contrib",
    runs: { mode: "deployment", replicas: gatewayReplicas(environment) },
    resources: collectorSizes.gateway,
    terminationGracePeriod: 60,
    secrets: backendSecrets(environment, ["metrics", "logs"]),
  };
});

/** The second layer of the gateway. When it ends, the traces that it gathers are decided at once, on what has come of them. */
export const samplingWorkload: Workload = once((platform, environment) => {
  const place = collectorPlaces(platform).sampling;
  return {
    name: place.name,
    namespace: place.namespace,
    labels: place.podLabels,
    collector: samplingGateway(platform, environment),
    image: "contrib",
    runs: {
      mode: "statefulset",
      replicas: samplerReplicas(environment),
      volume: { size: samplerVolume, at: agentPaths.state },
    },
    resources: collectorSizes.sampling,
    terminationGracePeriod: 60,
    podFields: { [podVariable]: "metadata.name" },
    secrets: backendSecrets(environment, ["traces", "metrics"]),
  };
});

/** The collector of what there is once in a cluster: a StatefulSet, so that a new pod begins when the old one has ended. */
export const clusterWorkload: Workload = once((platform, environment) => {
  const place = collectorPlaces(platform).cluster;
  return {
    name: place.name,
    namespace: place.namespace,
    labels: place.podLabels,
    collector: clusterCollector(platform, environment),
    image: "k8s",
    runs: { mode: "statefulset", replicas: 1, volume: { size: "1Gi", at: agentPaths.state } },
    resources: collectorSizes.cluster,
  };
});
