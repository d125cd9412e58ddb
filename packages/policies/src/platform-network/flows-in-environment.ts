import {
  backendsOf,
  componentsWithRole,
  type Environment,
  isCloudBackend,
  type Platform,
  type PlatformComponent,
  placementIn,
  portsOf,
  scrapedPortsOf,
  servicesIn,
} from "@plinth/core";
import { apiServerRules } from "../network/api-server.ts";
import { externalRoute, gatewayPort, hostsThroughGateways, knowsNames } from "../network/external-route.ts";
import { egressGateways, meshOf, portsInMesh } from "../network/mesh.ts";
import { blocksOf, everyPodIn } from "../network/peer.ts";
import { formerPorts, podsOf } from "../network/platform-peers.ts";
import { allow, type Rule, tcp } from "../network/rule.ts";
import { publicBlock, tokenServiceRules } from "../network/token-service.ts";
import { softwareOf } from "./catalogue.ts";
import { portsOfSoftware } from "./component-ports.ts";
import type { Flow } from "./flow.ts";
import type { Destination } from "./software.ts";

/** What components of a platform connect to in one environment alone: addresses, the services that run in it, and what its mesh adds. */
export function flowsInEnvironment(platform: Platform, environment: Environment): readonly Flow[] {
  return [
    ...platform.components.flatMap((component) => [
      ...(softwareOf(component)?.connects ?? []).flatMap((destination) =>
        flowsOfRules(component, addressRules(environment, destination)),
      ),
      ...hostFlows(platform, environment, component),
    ]),
    ...gatewayFlows(platform, environment),
    ...scraperFlows(platform, environment),
    ...egressFlows(platform, environment),
    ...proxyFlows(platform, environment),
    ...formerTelemetryFlows(platform, environment),
    ...cloudTelemetryFlows(platform, environment),
  ];
}

/** Rules of a component's egress as flows. */
function flowsOfRules(component: PlatformComponent, rules: readonly Rule[]): readonly Flow[] {
  return rules.flatMap(({ peers, ports }) =>
    peers === "anyone" || ports === "every" ? [] : [{ from: { component }, to: { peers }, ports }],
  );
}

function addressRules(environment: Environment, destination: Destination): readonly Rule[] {
  switch (destination.to) {
    case "api-server":
      return apiServerRules(environment);
    case "token-service":
      return tokenServiceRules(environment);
    case "nodes":
      return allow(blocksOf(environment.network.nodes), destination.ports);
    case "vpc":
      return allow(blocksOf(environment.network.vpc), destination.ports);
    case "public":
      return allow([publicBlock(environment)], destination.ports);
    // Flows of the platform, and hosts that the component's own `connects` gives addresses.
    case "software":
    case "repositories":
    case "telemetry-backends":
      return [];
  }
}

/** Hosts outside that the component names. */
function hostFlows(platform: Platform, environment: Environment, component: PlatformComponent): readonly Flow[] {
  return component.connects.flatMap((connection) => {
    if ("component" in connection) return [];
    const route = externalRoute(platform, environment, connection);
    return route.by === "blocks" && route.blocks.length > 0
      ? [{ from: { component }, to: { peers: route.blocks }, ports: [tcp(connection.port)] }]
      : [];
  });
}

/** Gateways reach the services that are public. */
function gatewayFlows(platform: Platform, environment: Environment): readonly Flow[] {
  return componentsWithRole(platform, "ingress-gateway").flatMap((component) =>
    servicesIn(platform, environment).flatMap((service): Flow[] =>
      portsOf(service)
        .filter(({ name }) => name === service.publicPort)
        .map(({ port }) => ({
          from: { component },
          to: { peers: [podsOf(platform, service)] },
          ports: portsInMesh(environment, [tcp(port)]),
        })),
    ),
  );
}

/** Scrapers reach the metrics of services and of data stores, and of the proxies beside them. */
function scraperFlows(platform: Platform, environment: Environment): readonly Flow[] {
  const { proxyMetrics } = meshOf(environment);
  const teams = everyPodIn(platform.teams.map(({ namespace }) => String(namespace)));
  return componentsWithRole(platform, "metrics-scraper").flatMap((component) => [
    ...servicesIn(platform, environment).flatMap((service): Flow[] =>
      scrapedPortsOf(service).map(({ port }) => ({
        from: { component },
        to: { peers: [podsOf(platform, service)] },
        ports: [tcp(port)],
      })),
    ),
    ...platform.dataStores
      .filter((store) => placementIn(store, environment).kind === "in-cluster")
      .flatMap((store): Flow[] =>
        store.metrics.map(({ port }) => ({
          from: { component },
          to: { peers: [podsOf(platform, store)] },
          ports: [tcp(port)],
        })),
      ),
    ...(proxyMetrics.length === 0 ? [] : [{ from: { component }, to: { peers: teams }, ports: proxyMetrics }]),
  ]);
}

/** Services leave through egress gateways, and those go out to the ports that they are asked for; by name where the CNI knows names. */
function egressFlows(platform: Platform, environment: Environment): readonly Flow[] {
  return egressGateways(platform, environment).flatMap((component) =>
    hostsThroughGateways(platform, environment).flatMap(({ service, host }): Flow[] => {
      const port = gatewayPort(component, host.port);
      if (port === undefined) return [];
      const incoming: Flow = {
        from: { peers: [podsOf(platform, service)] },
        to: { component },
        ports: portsInMesh(environment, [tcp(port)]),
      };
      const outgoing: Flow = {
        from: { component },
        to: { peers: [publicBlock(environment)] },
        ports: [tcp(host.port)],
      };
      return knowsNames(environment) ? [incoming] : [incoming, outgoing];
    }),
  );
}

/** The proxy in each pod of a team asks istiod for its configuration. */
function proxyFlows(platform: Platform, environment: Environment): readonly Flow[] {
  if (!meshOf(environment).proxies) return [];
  const teams = everyPodIn(platform.teams.map(({ namespace }) => String(namespace)));
  return platform.components
    .filter(({ software }) => software === "istiod")
    .map((component) => ({ from: { peers: teams }, to: { component }, ports: portsOfSoftware(component, "xds") }));
}

/** Services send what they are still to be moved from to the agents. */
function formerTelemetryFlows(platform: Platform, environment: Environment): readonly Flow[] {
  const teams = everyPodIn(platform.teams.map(({ namespace }) => String(namespace)));
  return componentsWithRole(platform, "telemetry-agent").flatMap((component) => {
    const ports = formerPorts(component, environment).map(tcp);
    return ports.length === 0 ? [] : [{ from: { peers: teams }, to: { component }, ports }];
  });
}

/** Gateways whose back ends are services of the cloud take a cloud role, and reach public addresses that change. */
function cloudTelemetryFlows(platform: Platform, environment: Environment): readonly Flow[] {
  if (!backendsOf(environment.telemetry.backends).some(({ backend }) => isCloudBackend(backend))) return [];
  return componentsWithRole(platform, "telemetry-gateway").flatMap((component) =>
    flowsOfRules(component, [...tokenServiceRules(environment), ...allow([publicBlock(environment)], [tcp(443)])]),
  );
}
