import { buildResource, type Component, type Environment, type Platform, type Resource } from "@plinth/core";
import { PriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { annotatedRole, clusterAccess, collectorAccount } from "../operator/access.ts";
import { collectorResource } from "../operator/collector-resource.ts";
import type { CollectorWorkload } from "../operator/collector-workload.ts";
import { collectorObjects } from "../plain-deployment/collector-objects.ts";
import { samplingDocuments } from "../sampling-cost/page.ts";
import { checkEveryEnvironment } from "./check-collectors.ts";
import { clusterCollectorRules } from "./cluster-collector.ts";
import { checkPlaces, collectorPlaces } from "./places.ts";
import { checkRedaction } from "./redaction.ts";
import { redactionDocuments } from "./redaction-page.ts";
import {
  agentWorkload,
  clusterWorkload,
  collectorPriorityClass,
  gatewayWorkload,
  samplingWorkload,
} from "./workloads.ts";

export interface OtelOptions {
  /** Who runs the collectors: the OpenTelemetry operator, or Kubernetes itself. Names and addresses are the same. @default "operator" */
  readonly runBy?: "operator" | "kubernetes";
}

/**
 * The collectors of a platform, with their ServiceAccounts and permissions: as OpenTelemetryCollector resources for the OpenTelemetry operator, or as plain
 * objects of Kubernetes.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/opentelemetrycollectors.md
 * @example
 * import { plan } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * plan(examplePlatform(), otel({ runBy: "kubernetes" })).files.length;
 */
export function otel({ runBy = "operator" }: OtelOptions = {}): readonly Component[] {
  const objects = (workload: CollectorWorkload): readonly Resource[] =>
    runBy === "operator" ? [collectorResource(workload)] : collectorObjects(workload);
  return [agent(objects), cluster(objects), gateway(objects), sampling(objects)];
}

/** The collectors of a platform, run by the OpenTelemetry operator. */
export const otelComponents: readonly Component[] = otel();

type Objects = (workload: CollectorWorkload) => readonly Resource[];

/** The collector of each node. */
function agent(objects: Objects): Component {
  return {
    name: "otel-agent",
    layer: "foundation",
    shared: (platform) => {
      const place = collectorPlaces(platform).agent;
      return [
        collectorAccount(place, { talksToApiServer: true }),
        // k8s_attributes watches pods, kubelet_stats reads the node's figures.
        ...clusterAccess(place, [
          { group: "", resources: ["pods"], verbs: ["list", "watch"] },
          { group: "", resources: ["nodes/stats"], verbs: ["get"] },
        ]),
        priorityClass(),
      ];
    },
    perEnvironment: (platform, environment) => objects(agentWorkload(platform, environment)),
    check: checkPlaces,
  };
}

/** A full node keeps its agent: without it nobody sees why the node is full. */
function priorityClass(): Resource {
  return buildResource(PriorityClass, {
    metadata: { name: collectorPriorityClass },
    value: 1_000_000,
    globalDefault: false,
    preemptionPolicy: "PreemptLowerPriority",
    description: "Collectors of each node: a full node keeps its agent.",
  });
}

/** The collector of what there is once in a cluster. */
function cluster(objects: Objects): Component {
  return {
    name: "otel-cluster",
    layer: "foundation",
    shared: (platform) => {
      const place = collectorPlaces(platform).cluster;
      return [collectorAccount(place, { talksToApiServer: true }), ...clusterAccess(place, clusterCollectorRules)];
    },
    perEnvironment: (platform, environment) => objects(clusterWorkload(platform, environment)),
  };
}

/** The first layer of the gateway: secrets go, what the model knows is added, and all spans of a trace go to one sampler. */
function gateway(objects: Objects): Component {
  return {
    name: "otel-gateway",
    layer: "foundation",
    perEnvironment: (platform, environment) => [
      collectorAccount(collectorPlaces(platform).gateway, gatewayIdentity(environment)),
      ...objects(gatewayWorkload(platform, environment)),
    ],
    documents: redactionDocuments,
    check: checkRedaction,
  };
}

/** The second layer of the gateway: spans are counted, and traces kept or dropped. */
function sampling(objects: Objects): Component {
  return {
    name: "otel-gateway-sampling",
    layer: "foundation",
    perEnvironment: (platform: Platform, environment: Environment) => [
      collectorAccount(collectorPlaces(platform).sampling, gatewayIdentity(environment)),
      ...objects(samplingWorkload(platform, environment)),
    ],
    documents: samplingDocuments,
    check: checkEveryEnvironment,
  };
}

/** Gateways never talk to the API server; to services of the cloud they are who the environment says. */
function gatewayIdentity(environment: Environment): Parameters<typeof collectorAccount>[1] {
  return { talksToApiServer: false, ...annotatedRole(environment) };
}
