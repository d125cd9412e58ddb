import type { Component } from "@plinth/core";
import { clusterAccess, collectorAccount } from "../operator/access.ts";
import { collectorResource } from "../operator/collector-resource.ts";
import { agentCollector, agentPaths, agentVariables } from "./agent.ts";
import { balancingGateway } from "./balancing-gateway.ts";
import { checkPlaces, collectorPlaces } from "./places.ts";
import { samplingGateway } from "./sampling-gateway.ts";
import { collectorSizes, gatewayReplicas } from "./sizes.ts";

/** The collector of each node: the same in every environment. */
const agent: Component = {
  name: "otel-agent",
  layer: "foundation",
  shared: (platform) => {
    const place = collectorPlaces(platform).agent;
    return [
      collectorAccount(place, true),
      // k8s_attributes watches pods, kubelet_stats reads the node's figures.
      ...clusterAccess(place, [
        { resources: ["pods"], verbs: ["list", "watch"] },
        { resources: ["nodes/stats"], verbs: ["get"] },
      ]),
      collectorResource({
        ...place,
        labels: place.podLabels,
        collector: agentCollector(platform),
        image: "k8s",
        runs: { mode: "daemonset" },
        resources: collectorSizes.agent,
        podFields: { [agentVariables.nodeName]: "spec.nodeName", [agentVariables.nodeIp]: "status.hostIP" },
        variables: { OTEL_RESOURCE_ATTRIBUTES: `k8s.node.name=$(${agentVariables.nodeName})` },
        hostFolders: [
          { name: "proc", from: "/proc", at: `${agentPaths.host}/proc` },
          { name: "sys", from: "/sys", at: `${agentPaths.host}/sys` },
          { name: "pod-logs", from: agentPaths.podLogs },
          { name: "state", from: agentPaths.state, writable: true },
        ],
      }),
    ];
  },
  check: checkPlaces,
};

/** The first layer of the gateway: what the model knows is added, and all spans of a trace go to one sampler. */
const gateway: Component = {
  name: "otel-gateway",
  layer: "foundation",
  shared: (platform) => [collectorAccount(collectorPlaces(platform).gateway, false)],
  perEnvironment: (platform, environment) => {
    const place = collectorPlaces(platform).gateway;
    return [
      collectorResource({
        ...place,
        labels: place.podLabels,
        collector: balancingGateway(platform, environment),
        image: "contrib",
        runs: { mode: "deployment", replicas: gatewayReplicas(environment) },
        resources: collectorSizes.gateway,
      }),
    ];
  },
};

/** The second layer of the gateway: spans are counted, and traces kept or dropped. */
const sampling: Component = {
  name: "otel-gateway-sampling",
  layer: "foundation",
  shared: (platform) => [collectorAccount(collectorPlaces(platform).sampling, false)],
  perEnvironment: (platform, environment) => {
    const place = collectorPlaces(platform).sampling;
    return [
      collectorResource({
        ...place,
        labels: place.podLabels,
        collector: samplingGateway(platform, environment),
        image: "contrib",
        runs: { mode: "statefulset", replicas: gatewayReplicas(environment), terminationGracePeriod: 60 },
        resources: collectorSizes.sampling,
      }),
    ];
  },
};

/**
 * The collectors of a platform, as OpenTelemetryCollector resources for the OpenTelemetry operator, with their ServiceAccounts and permissions.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/opentelemetrycollectors.md
 * @example
 * import { plan } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * plan(examplePlatform(), otelComponents).files.length; // 10
 */
export const otelComponents: readonly Component[] = [agent, gateway, sampling];
