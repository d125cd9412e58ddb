import {
  componentsWithRole,
  type DataStore,
  type Dependency,
  dependenciesOf,
  type Environment,
  namespaceOf,
  type Platform,
  placementIn,
  portsOf,
  type Service,
  scrapedPortsOf,
  servicesIn,
} from "@plinth/core";
import { portsNamed } from "../network/platform-peers.ts";
import type { AddressFamily } from "./address-range.ts";
import type { Connection, Endpoint } from "./connection.ts";
import { canonicalConnections } from "./connection-set.ts";
import { apiServerAddresses, externalAddresses, hostAddresses, tokenServiceAddresses } from "./declared-addresses.ts";
import { connects, type Declared, everyPortAt, toAddresses } from "./declared-connection.ts";
import { declaredPlatformConnections, endsOf, fromAnyone } from "./declared-platform-connections.ts";

// https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
const istioPorts = { tunnel: 15008, xds: 15012, proxyMetrics: [15020, 15090] } as const;

/**
 * Every connection that a platform declares in an environment, with at least one end among the pods of a team or of the platform itself: what its network
 * policies have to allow, no more and no less. Made from the model and the catalogue of software, not from policies, so that it can be held against
 * `connections` and against other readers of the rendered policies.
 *
 * Left out is what no NetworkPolicy can say: hosts that a CNI knows by name, what runs in the node's network, and what pods of Kubernetes' own
 * namespaces do among each other and outside.
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
  const context = { platform, environment };
  const declared = [
    ...services.flatMap((service) => serviceConnections(context, service)),
    ...stores.flatMap((store) => scrapersOf(context, store)),
    ...[...services, ...stores].flatMap((entry) => {
      const pods = workload(platform, entry);
      return [...lookups(context, pods), ...telemetry(context, pods), ...meshConnections(context, pods)];
    }),
    ...declaredPlatformConnections(context, (pods) => lookups(context, pods)),
  ];
  // IPv6 is looked at where something in it is named.
  const families: readonly AddressFamily[] = declared.some(isIpv6) ? ["ipv4", "ipv6"] : ["ipv4"];
  return canonicalConnections([...declared, ...fromAnyone(platform, families)]);
}

function isIpv6({ source, destination }: Connection): boolean {
  return [source, destination].some((end) => end.kind === "addresses" && end.first.includes(":"));
}

function serviceConnections(context: Declared, service: Service): readonly Connection[] {
  const { platform, environment } = context;
  const source = workload(platform, service);
  return [
    ...dependenciesOf(platform, service, environment).flatMap((dependency) =>
      dependencyConnections(context, source, dependency),
    ),
    ...(service.kubernetesApi === undefined ? [] : apiServerAddresses(environment, source)),
    ...(service.cloudRole === undefined ? [] : tokenServiceAddresses(environment, source)),
    ...visitorsOf(context, service),
  ];
}

function dependencyConnections(context: Declared, source: Endpoint, dependency: Dependency): readonly Connection[] {
  const { platform, environment } = context;
  switch (dependency.kind) {
    case "service":
      return inMesh(environment, [source], workload(platform, dependency.service), dependency.port.port);
    case "data-store": {
      const { dataStore, placement } = dependency;
      return placement.kind === "in-cluster"
        ? inMesh(environment, [source], workload(platform, dataStore), dataStore.port)
        : placement.cidrs.flatMap((cidr) => hostAddresses(source, cidr, dataStore.port));
    }
    case "external": {
      const { cidrs, port } = dependency.host;
      if (cidrs.length > 0) return externalAddresses(environment, source, cidrs, port);
      const gateways = environment.network.mesh === "none" ? [] : componentsWithRole(platform, "egress-gateway");
      return gateways.flatMap((gateway) => {
        const { http, https } = gateway.ports;
        const listening = port === 80 ? (http ?? https) : (https ?? http);
        if (listening === undefined) return [];
        const ends = endsOf(environment, gateway);
        return [
          ...ends.flatMap((end) => inMesh(environment, [source], end, listening)),
          ...(gateway.hostNetwork
            ? []
            : ends.flatMap((end) => externalAddresses(environment, end, "any-public", port))),
        ];
      });
    }
  }
}

/** What the platform itself opens to a service: gateways to its public port, scrapers to its metrics. */
function visitorsOf({ platform, environment }: Declared, service: Service): readonly Connection[] {
  const destination = workload(platform, service);
  const playing = (role: "ingress-gateway" | "metrics-scraper"): readonly Endpoint[] =>
    componentsWithRole(platform, role).flatMap((component) => endsOf(environment, component));
  const scraped = new Set(scrapedPortsOf(service).map(({ name }) => name));
  return portsOf(service).flatMap(({ name, port }) => [
    ...(name === service.publicPort ? inMesh(environment, playing("ingress-gateway"), destination, port) : []),
    ...(scraped.has(name) ? playing("metrics-scraper").map((scraper) => connects(scraper, destination, port)) : []),
  ]);
}

/** Scrapers at the pages of metrics of a data store. */
function scrapersOf({ platform, environment }: Declared, store: DataStore): readonly Connection[] {
  const destination = workload(platform, store);
  return componentsWithRole(platform, "metrics-scraper")
    .flatMap((component) => endsOf(environment, component))
    .flatMap((scraper) => store.metrics.map(({ port }) => connects(scraper, destination, port)));
}

/** Names are looked up: at the pods of DNS, and at the cache of the node. */
function lookups({ platform, environment }: Declared, source: Endpoint): readonly Connection[] {
  const { nodeLocalDns, clusterDns } = environment.network;
  const both = ["TCP", "UDP"] as const;
  return [
    ...componentsWithRole(platform, "dns").flatMap((dns) =>
      endsOf(environment, dns).flatMap((end) =>
        portsNamed(dns, "dns").flatMap((port) => both.map((protocol) => connects(source, end, port, protocol))),
      ),
    ),
    ...(nodeLocalDns === undefined ? [] : [nodeLocalDns, clusterDns]).flatMap((address) =>
      both.flatMap((protocol) =>
        toAddresses(source, `${address}/${address.includes(":") ? 128 : 32}`, [], 53, protocol),
      ),
    ),
  ];
}

function telemetry({ platform, environment }: Declared, source: Endpoint): readonly Connection[] {
  return componentsWithRole(platform, "telemetry-agent").flatMap((agent) =>
    endsOf(environment, agent).flatMap((end) => portsNamed(agent, "otlp").map((port) => connects(source, end, port))),
  );
}

/** What a mesh adds for each pod of a team. */
function meshConnections({ platform, environment }: Declared, pods: Endpoint): readonly Connection[] {
  const { mesh } = environment.network;
  switch (mesh) {
    case "none":
      return [];
    case "istio-sidecar":
      return [
        ...platform.components
          .filter(({ software }) => software === "istiod")
          .flatMap((istiod) =>
            endsOf(environment, istiod).map((end) => connects(pods, end, istiod.ports["xds"] ?? istioPorts.xds)),
          ),
        ...componentsWithRole(platform, "metrics-scraper").flatMap((scraper) =>
          endsOf(environment, scraper).flatMap((end) =>
            istioPorts.proxyMetrics.map((port) => connects(end, pods, port)),
          ),
        ),
      ];
    case "istio-ambient":
      return everyPortAt(
        environment.network.services.includes(":") ? "fd16:9254:7127:1337:ffff:ffff:ffff:ffff" : "169.254.7.127",
        pods,
      );
  }
}

/** A connection between pods of the mesh: on the port that is meant, and on the tunnel's where there is one. */
function inMesh(
  { network }: Environment,
  sources: readonly Endpoint[],
  destination: Endpoint,
  port: number,
): readonly Connection[] {
  const ports = network.mesh === "istio-ambient" ? [port, istioPorts.tunnel] : [port];
  return sources.flatMap((source) => ports.map((number) => connects(source, destination, number)));
}

function workload(platform: Platform, entry: Service | DataStore): Endpoint {
  return { kind: "workload", namespace: namespaceOf(platform, entry), name: entry.name };
}
