import {
  componentsWithRole,
  type DataStore,
  type Dependency,
  dependenciesOf,
  type Environment,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  placementIn,
  portsOf,
  type Service,
  servicesIn,
} from "@plinth/core";
import { hostBlock, metadataServicesIn, publicAddresses } from "../network/address-blocks.ts";
import { portsNamed } from "../network/platform-peers.ts";
import { rangesWithout } from "./address-range.ts";
import { addressesOf, type Connection, type Endpoint } from "./connection.ts";
import { canonicalConnections } from "./connection-set.ts";

/**
 * Every connection from or to a team's namespace that a platform declares: what its network policies have to allow, no more and no less. Made from the
 * model alone, so that it can be held against `connections` and against other readers of the rendered policies.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declaredConnections(platform, production).map(describeConnection);
 */
export function declaredConnections(platform: Platform, environment: Environment): readonly Connection[] {
  const services = servicesIn(platform, environment);
  const stores = platform.dataStores.filter((dataStore) => placementIn(dataStore, environment).kind === "in-cluster");
  const declared = [
    ...services.flatMap((service) => [
      ...dependenciesOf(platform, service, environment).flatMap((dependency) =>
        dependencyConnections(platform, environment, service, dependency),
      ),
      ...(service.usesKubernetesApi
        ? environment.network.apiServer.flatMap((cidr) =>
            [443, 6443].flatMap((port) => toAddresses(workload(platform, service), cidr, [], "TCP", port)),
          )
        : []),
      ...platformConnections(platform, service),
    ]),
    ...[...services, ...stores].flatMap((entry) => baselineConnections(platform, environment, entry)),
  ];
  return canonicalConnections(declared);
}

function dependencyConnections(
  platform: Platform,
  environment: Environment,
  service: Service,
  dependency: Dependency,
): readonly Connection[] {
  const source = workload(platform, service);
  switch (dependency.kind) {
    case "service":
      return [connection(source, workload(platform, dependency.service), "TCP", dependency.port.port)];
    case "data-store": {
      const { dataStore, placement } = dependency;
      if (placement.kind === "in-cluster")
        return [connection(source, workload(platform, dataStore), "TCP", dataStore.port)];
      return placement.cidrs.flatMap((cidr) =>
        toAddresses(source, cidr, metadataServicesIn(cidr), "TCP", dataStore.port),
      );
    }
    case "external": {
      const { cidrs, port } = dependency.host;
      if (cidrs.length > 0)
        return cidrs.flatMap((cidr) => toAddresses(source, cidr, metadataServicesIn(cidr), "TCP", port));
      const { cidr, except } = publicAddresses(environment);
      return toAddresses(source, cidr, except, "TCP", port);
    }
  }
}

/** What the platform itself opens to a service: the gateway to its public port, the scraper to its metrics. */
function platformConnections(platform: Platform, service: Service): readonly Connection[] {
  const destination = workload(platform, service);
  return portsOf(service).flatMap(({ name, port, protocol }) => [
    ...(name === service.publicPort
      ? componentsWithRole(platform, "ingress-gateway").map((gateway) =>
          connection(component(gateway), destination, "TCP", port),
        )
      : []),
    ...(protocol === "prometheus"
      ? componentsWithRole(platform, "metrics-scraper").map((scraper) =>
          connection(component(scraper), destination, "TCP", port),
        )
      : []),
  ]);
}

/** What each pod of a team may: look up names, send telemetry. */
function baselineConnections(
  platform: Platform,
  { network }: Environment,
  entry: Service | DataStore,
): readonly Connection[] {
  const source = workload(platform, entry);
  const onNode = network.nodeLocalDns === undefined ? [] : [network.nodeLocalDns, network.clusterDns];
  return [
    ...componentsWithRole(platform, "dns").flatMap((dns) =>
      portsNamed(dns, "dns").flatMap((port) =>
        (["TCP", "UDP"] as const).map((protocol) => connection(source, component(dns), protocol, port)),
      ),
    ),
    ...onNode.flatMap((address) =>
      (["TCP", "UDP"] as const).flatMap((protocol) => toAddresses(source, hostBlock(address), [], protocol, 53)),
    ),
    ...componentsWithRole(platform, "telemetry-agent").flatMap((agent) =>
      portsNamed(agent, "otlp").map((port) => connection(source, component(agent), "TCP", port)),
    ),
  ];
}

function workload(platform: Platform, entry: Service | DataStore): Endpoint {
  return { kind: "workload", namespace: namespaceOf(platform, entry), name: entry.name };
}

function component({ namespace, name }: PlatformComponent): Endpoint {
  return { kind: "workload", namespace, name };
}

function connection(
  source: Endpoint,
  destination: Endpoint,
  protocol: Connection["protocol"],
  port: number,
): Connection {
  return { source, destination, protocol, port, endPort: port };
}

function toAddresses(
  source: Endpoint,
  cidr: string,
  except: readonly string[],
  protocol: Connection["protocol"],
  port: number,
): readonly Connection[] {
  return rangesWithout(cidr, except).map((range) => connection(source, addressesOf(range), protocol, port));
}
