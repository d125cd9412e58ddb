import {
  type Environment,
  namespaceOf,
  type Platform,
  placementIn,
  podLabelsOf,
  portsOf,
  servicesIn,
} from "@plinth/core";
import type { TransportPort } from "../network/rule.ts";
import { componentPorts } from "../platform-network/component-ports.ts";
import type { Cluster, Workload, WorkloadPort } from "./cluster.ts";

/**
 * What runs in the cluster of an environment, as the model says: services, data stores in the cluster, and what the platform itself runs.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * clusterOf(platform, production).workloads.map(({ name }) => name);
 */
export function clusterOf(platform: Platform, environment: Environment): Cluster {
  const workloads = [
    ...servicesIn(platform, environment).map(
      (service): Workload => ({
        namespace: namespaceOf(platform, service),
        name: service.name,
        labels: podLabelsOf(service),
        ports: portsOf(service).map(({ name, port }) => ({ name, port, protocol: "TCP" })),
      }),
    ),
    ...platform.dataStores
      .filter((dataStore) => placementIn(dataStore, environment).kind === "in-cluster")
      .map(
        (dataStore): Workload => ({
          namespace: namespaceOf(platform, dataStore),
          name: dataStore.name,
          labels: podLabelsOf(dataStore),
          ports: [{ name: dataStore.engine, port: dataStore.port, protocol: "TCP" }],
        }),
      ),
    // Pods in the node's network have the node's address: to policies they are no pods.
    ...platform.components
      .filter(({ hostNetwork }) => !hostNetwork)
      .map(
        (component): Workload => ({
          namespace: component.namespace,
          name: component.name,
          labels: component.podLabels,
          ports: componentPorts(component).flatMap(({ name, ports }) => ports.map((port) => listening(name, port))),
        }),
      ),
  ];
  const namespaces = new Set([
    ...platform.teams.map(({ namespace }) => String(namespace)),
    ...platform.components.map(({ namespace }) => String(namespace)),
    ...workloads.map(({ namespace }) => namespace),
  ]);
  return {
    namespaces: [...namespaces].sort().map((name) => ({ name, labels: { "kubernetes.io/metadata.name": name } })),
    workloads,
  };
}

/** A port under a name of its own: two protocols of one port are two ports to a container. */
function listening(name: string, { port, protocol }: TransportPort): WorkloadPort {
  return { name: protocol === "TCP" ? name : `${name}-${protocol.toLowerCase()}`, port, protocol };
}
