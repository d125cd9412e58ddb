import {
  type ApplicationComponent,
  callersOf,
  type Dependency,
  dependenciesOf,
  type Environment,
  type ExternalHost,
  namespaceOf,
  type Platform,
  podLabelsOf,
  portsOf,
  type Resource,
  type Service,
  scrapedPortsOf,
} from "@plinth/core";
import { apiServerRules } from "./api-server.ts";
import { serviceCiliumPolicies } from "./cilium/service-cilium-policies.ts";
import { externalRoute, gatewayPort } from "./external-route.ts";
import { portsInMesh } from "./mesh.ts";
import { networkPolicy } from "./network-policy.ts";
import { blocksOf } from "./peer.ts";
import { componentPeers, peersWithRole, podsOf } from "./platform-peers.ts";
import { allow, type Rule, tcp } from "./rule.ts";
import { tokenServiceRules } from "./token-service.ts";

/** Who may connect to a service, and where it may connect to: what it and its callers declare, no more and no less. */
export const serviceNetwork: ApplicationComponent = {
  name: "service-network",
  layer: "application",
  perService: (platform, environment, service) => {
    const ingress = ingressRules(platform, environment, service);
    const egress = egressRules(platform, environment, service);
    const about = { namespace: namespaceOf(platform, service), pods: { labels: podLabelsOf(service) } };
    return [
      ...(ingress.length === 0 ? [] : [networkPolicy({ ...about, name: `${service.name}-ingress`, ingress })]),
      ...(egress.length === 0 ? [] : [networkPolicy({ ...about, name: `${service.name}-egress`, egress })]),
      ...serviceCiliumPolicies(platform, environment, service),
    ] satisfies readonly Resource[];
  },
};

function ingressRules(platform: Platform, environment: Environment, service: Service): readonly Rule[] {
  const ports = portsOf(service);
  const publicPorts = ports.filter(({ name }) => name === service.publicPort);
  return [
    ...callersOf(platform, service, environment).flatMap((caller) =>
      allow([podsOf(platform, caller.service)], portsInMesh(environment, [tcp(caller.port.port)])),
    ),
    ...allow(
      peersWithRole(platform, environment, "ingress-gateway"),
      portsInMesh(
        environment,
        publicPorts.map(({ port }) => tcp(port)),
      ),
    ),
    // The scraper is outside of the mesh: it reads plain text at the port itself.
    ...allow(
      peersWithRole(platform, environment, "metrics-scraper"),
      scrapedPortsOf(service).map(({ port }) => tcp(port)),
    ),
  ];
}

function egressRules(platform: Platform, environment: Environment, service: Service): readonly Rule[] {
  return [
    ...dependenciesOf(platform, service, environment).flatMap((dependency) =>
      dependencyRules(platform, environment, dependency),
    ),
    ...(service.kubernetesApi !== undefined ? apiServerRules(environment) : []),
    ...(service.cloudRole !== undefined ? tokenServiceRules(environment) : []),
  ];
}

function dependencyRules(platform: Platform, environment: Environment, dependency: Dependency): readonly Rule[] {
  switch (dependency.kind) {
    case "service":
      return allow([podsOf(platform, dependency.service)], portsInMesh(environment, [tcp(dependency.port.port)]));
    case "data-store": {
      const { dataStore, placement } = dependency;
      return placement.kind === "in-cluster"
        ? allow([podsOf(platform, dataStore)], portsInMesh(environment, [tcp(dataStore.port)]))
        : allow(blocksOf(placement.cidrs), [tcp(dataStore.port)]);
    }
    case "external":
      return externalRules(platform, environment, dependency.host);
  }
}

function externalRules(platform: Platform, environment: Environment, host: ExternalHost): readonly Rule[] {
  const route = externalRoute(platform, environment, host);
  switch (route.by) {
    case "blocks":
      return allow(route.blocks, [tcp(host.port)]);
    case "gateway":
      return route.gateways.flatMap((gateway) => {
        const port = gatewayPort(gateway, host.port);
        return port === undefined
          ? []
          : allow(componentPeers(gateway, environment), portsInMesh(environment, [tcp(port)]));
      });
    // The CNI's own policy names the host, or `networkFindings` says that nothing does.
    case "name":
    case "nothing":
      return [];
  }
}
