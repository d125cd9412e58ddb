import {
  type Environment,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  placementIn,
  podLabelsOf,
  portsOf,
  servicesIn,
} from "@plinth/core";
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
    ...platform.components.map(
      (component): Workload => ({
        namespace: component.namespace,
        name: component.name,
        labels: component.podLabels,
        ports: componentPorts(component),
      }),
    ),
  ];
  const namespaces = new Set([
    ...platform.teams.map(({ namespace }) => String(namespace)),
    ...workloads.map(({ namespace }) => namespace),
  ]);
  return {
    namespaces: [...namespaces].sort().map((name) => ({ name, labels: { "kubernetes.io/metadata.name": name } })),
    workloads,
  };
}

/** Ports of a component; what answers DNS does so over both protocols. */
function componentPorts({ ports, roles }: PlatformComponent): readonly WorkloadPort[] {
  return Object.entries(ports).flatMap(([name, port]): WorkloadPort[] => {
    const listening: WorkloadPort = { name, port, protocol: "TCP" };
    return roles.includes("dns") ? [listening, { name: `${name}-udp`, port, protocol: "UDP" }] : [listening];
  });
}
