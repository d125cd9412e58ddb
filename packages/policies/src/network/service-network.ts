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
} from "@plinth/core";
import { publicAddresses } from "./address-blocks.ts";
import { networkPolicy } from "./network-policy.ts";
import { type BlockPeer, block, blocksOf } from "./peer.ts";
import { peersWithRole, podsOf } from "./platform-peers.ts";
import { allow, type Rule, tcp } from "./rule.ts";

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
    ] satisfies readonly Resource[];
  },
};

function ingressRules(platform: Platform, environment: Environment, service: Service): readonly Rule[] {
  const ports = portsOf(service);
  const publicPorts = ports.filter(({ name }) => name === service.publicPort);
  const metricsPorts = ports.filter(({ protocol }) => protocol === "prometheus");
  return [
    ...callersOf(platform, service, environment).flatMap((caller) =>
      allow([podsOf(platform, caller.service)], [tcp(caller.port.port)]),
    ),
    ...allow(
      peersWithRole(platform, "ingress-gateway"),
      publicPorts.map(({ port }) => tcp(port)),
    ),
    ...allow(
      peersWithRole(platform, "metrics-scraper"),
      metricsPorts.map(({ port }) => tcp(port)),
    ),
  ];
}

function egressRules(platform: Platform, environment: Environment, service: Service): readonly Rule[] {
  return [
    ...dependenciesOf(platform, service, environment).flatMap((dependency) =>
      dependencyRules(platform, environment, dependency),
    ),
    ...(service.usesKubernetesApi ? allow(blocksOf(environment.network.apiServer), apiServerPorts.map(tcp)) : []),
  ];
}

// 443 where the provider runs the control plane, 6443 where kubeadm does: the address is that of an endpoint, not of the Service.
const apiServerPorts: readonly number[] = [443, 6443];

function dependencyRules(platform: Platform, environment: Environment, dependency: Dependency): readonly Rule[] {
  switch (dependency.kind) {
    case "service":
      return allow([podsOf(platform, dependency.service)], [tcp(dependency.port.port)]);
    case "data-store": {
      const { dataStore, placement } = dependency;
      const peers = placement.kind === "in-cluster" ? [podsOf(platform, dataStore)] : blocksOf(placement.cidrs);
      return allow(peers, [tcp(dataStore.port)]);
    }
    case "external":
      return allow(externalBlocks(environment, dependency.host), [tcp(dependency.host.port)]);
  }
}

/** The blocks of a host that says them; otherwise every public address, since a NetworkPolicy knows no names. */
function externalBlocks(environment: Environment, { cidrs }: ExternalHost): readonly BlockPeer[] {
  const { cidr, except } = publicAddresses(environment);
  return cidrs.length === 0 ? [block(cidr, { except })] : blocksOf(cidrs);
}
