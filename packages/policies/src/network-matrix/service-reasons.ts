import {
  callersOf,
  clientsOf,
  componentsWithRole,
  type DataStore,
  type Dependency,
  dependenciesOf,
  type Environment,
  type ExternalHost,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  portsOf,
  type Service,
  scrapedPortsOf,
} from "@plinth/core";
import { hostBlock, publicAddresses } from "../network/address-blocks.ts";
import { kubernetesService } from "../network/api-server.ts";
import { meshOf } from "../network/mesh.ts";
import { portsNamed } from "../network/platform-peers.ts";
import type { Reason } from "./reason.ts";

/** Everything that a platform says about the connections of a service, in the order in which it says it. */
export function serviceReasons(platform: Platform, environment: Environment, service: Service): readonly Reason[] {
  return [
    ...callersOf(platform, service, environment).map(
      (caller): Reason => ({
        direction: "from",
        other: workload(platform, caller.service),
        ports: [caller.port.port],
        why: `it calls ${caller.port.name}`,
      }),
    ),
    ...platformReasons(platform, service),
    ...dependenciesOf(platform, service, environment).flatMap((dependency) =>
      dependencyReasons(platform, environment, dependency),
    ),
    ...(service.kubernetesApi === undefined
      ? []
      : [
          {
            direction: "to",
            other: {
              cidrs: [...environment.network.apiServer, hostBlock(kubernetesService(environment.network))],
            },
            ports: [443, 6443],
            label: "the API server",
            why: "kubernetesApi",
          } as const,
        ]),
    ...(service.cloudRole === undefined ? [] : cloudReasons(environment, service.cloudRole)),
    ...baselineReasons(platform, environment),
  ];
}

/** What is said of the connections of a data store in the cluster. */
export function dataStoreReasons(
  platform: Platform,
  environment: Environment,
  dataStore: DataStore,
): readonly Reason[] {
  return [
    ...clientsOf(platform, dataStore, environment).map(
      (client): Reason => ({
        direction: "from",
        other: workload(platform, client),
        ports: [dataStore.port],
        why: `it uses the ${dataStore.engine}`,
      }),
    ),
    ...(dataStore.metrics.length === 0
      ? []
      : scrapersOf(
          platform,
          dataStore.metrics.map(({ port }) => port),
          "scrapes its metrics",
        )),
    ...baselineReasons(platform, environment),
  ];
}

function scrapersOf(platform: Platform, ports: readonly number[], why: string): readonly Reason[] {
  return componentsWithRole(platform, "metrics-scraper").map(
    (scraper): Reason => ({ direction: "from", other: component(scraper), ports, why }),
  );
}

function platformReasons(platform: Platform, service: Service): readonly Reason[] {
  const scraped = new Set(scrapedPortsOf(service).map(({ name }) => name));
  return portsOf(service).flatMap(({ name, port }) => [
    ...(name === service.publicPort
      ? componentsWithRole(platform, "ingress-gateway").map(
          (gateway): Reason => ({
            direction: "from",
            other: component(gateway),
            ports: [port],
            why: `public port ${name}`,
          }),
        )
      : []),
    ...(scraped.has(name) ? scrapersOf(platform, [port], `scrapes ${name}`) : []),
  ]);
}

function dependencyReasons(platform: Platform, environment: Environment, dependency: Dependency): readonly Reason[] {
  switch (dependency.kind) {
    case "service": {
      const { service, port } = dependency;
      return [{ direction: "to", other: workload(platform, service), ports: [port.port], why: `calls ${port.name}` }];
    }
    case "data-store": {
      const { dataStore, placement, access } = dependency;
      const why = access === "client" ? `stores in ${dataStore.engine}` : `${access} in ${dataStore.engine}`;
      if (placement.kind === "in-cluster")
        return [{ direction: "to", other: workload(platform, dataStore), ports: [dataStore.port], why }];
      const label = `${dataStore.name} (${placement.cidrs.join(", ")})`;
      return [{ direction: "to", other: { cidrs: placement.cidrs }, ports: [dataStore.port], label, why }];
    }
    case "external":
      return externalReasons(platform, environment, dependency.host);
  }
}

function externalReasons(
  platform: Platform,
  environment: Environment,
  { host, port, cidrs }: ExternalHost,
): readonly Reason[] {
  const why = "external host";
  if (cidrs === "any-public") {
    const { cidr } = publicAddresses(environment);
    return [{ direction: "to", other: { cidrs: [cidr] }, ports: [port], label: `${host} (any public address)`, why }];
  }
  if (cidrs.length > 0)
    return [{ direction: "to", other: { cidrs }, ports: [port], label: `${host} (${cidrs.join(", ")})`, why }];
  return componentsWithRole(platform, "egress-gateway").map(
    (gateway): Reason => ({
      direction: "to",
      other: component(gateway),
      why: `external host ${host}:${port}, through the gateway`,
    }),
  );
}

function cloudReasons({ network, cluster }: Environment, role: string): readonly Reason[] {
  const why = `cloud role ${role}`;
  const direction = "to";
  if (cluster.workloadIdentity === "pod-identity")
    return [
      {
        direction,
        // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
        other: { cidrs: ["169.254.170.23/32", "fd00:ec2::23/128"] },
        ports: [80],
        label: "the Pod Identity Agent on its node",
        why,
      },
    ];
  const anywhere = network.tokenService.length === 0;
  const cidrs = anywhere ? [publicAddresses({ network }).cidr] : network.tokenService;
  const label = `the cloud's token service (${anywhere ? "any public address" : cidrs.join(", ")})`;
  return [{ direction, other: { cidrs }, ports: [443], label, why }];
}

/** What every pod of a team may, and who may come to it, whatever it declares. */
function baselineReasons(platform: Platform, environment: Environment): readonly Reason[] {
  const { network } = environment;
  const { tunnel, probes, proxyMetrics, proxies } = meshOf(environment);
  const onNode = [network.clusterDns, ...(network.nodeLocalDns === undefined ? [] : [network.nodeLocalDns])];
  const istiod = platform.components.filter(({ software }) => software === "istiod");
  const reasons: readonly Omit<Reason, "isBaseline">[] = [
    ...reasonsOfRole(platform, environment, "dns", "dns", "names"),
    { direction: "to", other: { cidrs: onNode.map(hostBlock) }, ports: [53], label: "DNS on its node", why: "names" },
    ...reasonsOfRole(platform, environment, "telemetry-agent", "otlp", "telemetry"),
    ...(probes.length === 0
      ? []
      : [
          {
            direction: "from",
            other: { cidrs: probes.map(({ cidr }) => cidr) },
            label: "probes of its node",
            why: "health",
          } as const,
        ]),
    ...(proxies
      ? istiod.map(({ namespace, name }): Reason => ({ direction: "to", other: { namespace, name }, why: "mesh" }))
      : []),
    ...(proxyMetrics.length === 0
      ? []
      : componentsWithRole(platform, "metrics-scraper").map(
          ({ namespace, name }): Reason => ({
            direction: "from",
            other: { namespace, name },
            ports: proxyMetrics.map(({ port }) => port),
            why: "scrapes its proxy",
          }),
        )),
    ...(tunnel === undefined ? [] : tunnelReasons(platform, tunnel.port)),
  ];
  return reasons.map((reason): Reason => ({ ...reason, isBaseline: true }));
}

/** The tunnel of a mesh between components that every pod has to do with: what else it carries is said beside the ports that are meant. */
function tunnelReasons(platform: Platform, port: number): readonly Reason[] {
  return (["dns", "telemetry-agent"] as const).flatMap((role) =>
    componentsWithRole(platform, role).map(
      ({ namespace, name }): Reason => ({
        direction: "to",
        other: { namespace, name },
        ports: [port],
        why: "mesh tunnel",
      }),
    ),
  );
}

function reasonsOfRole(
  platform: Platform,
  { network }: Environment,
  role: "dns" | "telemetry-agent",
  prefix: string,
  why: string,
): readonly Reason[] {
  return componentsWithRole(platform, role).map((each): Reason => {
    const ports = portsNamed(each, prefix);
    // In the node's network it is found by the node's addresses.
    return each.hostNetwork
      ? { direction: "to", other: { cidrs: network.nodes }, ports, label: `${each.name} on the nodes`, why }
      : { direction: "to", other: component(each), ports, why };
  });
}

function workload(platform: Platform, entry: Service | DataStore): { namespace: string; name: string } {
  return { namespace: namespaceOf(platform, entry), name: entry.name };
}

function component({ namespace, name }: PlatformComponent): { namespace: string; name: string } {
  return { namespace, name };
}
