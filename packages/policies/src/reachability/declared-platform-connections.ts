import type { Environment, Platform, PlatformComponent } from "@plinth/core";
import { softwareOf } from "../platform-network/catalogue.ts";
import { componentPorts } from "../platform-network/component-ports.ts";
import { isKubernetesNamespace } from "../platform-network/protected-namespaces.ts";
import type { Destination } from "../platform-network/software.ts";
import { type AddressFamily, everyAddress, rangesWithout } from "./address-range.ts";
import { addressesOf, type Connection, type Endpoint } from "./connection.ts";
import {
  apiServerAddresses,
  externalAddresses,
  hostAddresses,
  publicPort,
  tokenServiceAddresses,
} from "./declared-addresses.ts";
import { connects, type Declared } from "./declared-connection.ts";

/** What components of a platform connect to, pair by pair of them; `lookups` are what every pod may. */
export function declaredPlatformConnections(
  context: Declared,
  lookups: (pods: Endpoint) => readonly Connection[],
): readonly Connection[] {
  const { platform, environment } = context;
  const components = platform.components;
  return [
    ...components.flatMap((source) =>
      components.flatMap((destination) => pairConnections(environment, source, destination)),
    ),
    ...components.filter(isProtected).flatMap((component) => {
      const pods = endpoint(component);
      return [
        ...lookups(pods).filter(({ destination }) => !same(destination, pods)),
        ...outside(environment, component),
      ];
    }),
  ];
}

/** Where a component is found: its pods, or the nodes when it is in their network. */
export function endsOf({ network }: Environment, component: PlatformComponent): readonly Endpoint[] {
  return component.hostNetwork
    ? network.nodes.flatMap((cidr) => rangesWithout(cidr, []).map(addressesOf))
    : [endpoint(component)];
}

function pairConnections(
  environment: Environment,
  source: PlatformComponent,
  destination: PlatformComponent,
): readonly Connection[] {
  if (source === destination || !(isProtected(source) || isProtected(destination))) return [];
  const destinations = endsOf(environment, destination);
  return componentPorts(destination)
    .filter(({ name }) => mayConnect(source, destination, name))
    .flatMap(({ ports }) =>
      endsOf(environment, source).flatMap((from) =>
        destinations.flatMap((to) => ports.map(({ port, protocol }) => connects(from, to, port, protocol))),
      ),
    );
}

/** True when a component connects to a port of another: as its software does, as it says itself, or in the part that it plays. */
function mayConnect(source: PlatformComponent, destination: PlatformComponent, port: string): boolean {
  const target = softwareOf(destination)?.name;
  return (
    (softwareOf(source)?.connects ?? []).some(
      (known) => known.to === "software" && known.software === target && known.port === port,
    ) ||
    source.connects.some(
      (declared) => "component" in declared && declared.component === destination.name && declared.port === port,
    ) ||
    componentPorts(destination).some(
      ({ name, visitors }) =>
        name === port && visitors.some((visitor) => visitor !== "anyone" && source.roles.includes(visitor)),
    )
  );
}

/** To ports that anyone may come to: from every address, and from pods that no policy holds back. */
export function fromAnyone({ components }: Platform, families: readonly AddressFamily[]): readonly Connection[] {
  const sources: readonly Endpoint[] = [
    ...families.map((family) => addressesOf(everyAddress(family))),
    ...components
      .filter(({ hostNetwork, namespace }) => !hostNetwork && isKubernetesNamespace(namespace))
      .map(endpoint),
  ];
  return components.filter(isProtected).flatMap((component) =>
    componentPorts(component)
      .filter(({ visitors }) => visitors.includes("anyone"))
      .flatMap(({ ports }) =>
        sources.flatMap((source) =>
          ports.map(({ port, protocol }) => connects(source, endpoint(component), port, protocol)),
        ),
      ),
  );
}

function outside(environment: Environment, component: PlatformComponent): readonly Connection[] {
  const source = endpoint(component);
  return [
    ...(softwareOf(component)?.connects ?? []).flatMap((destination) => addresses(environment, source, destination)),
    ...component.connects.flatMap((connection) =>
      "host" in connection ? externalAddresses(environment, source, connection.cidrs, connection.port) : [],
    ),
  ];
}

function addresses(environment: Environment, source: Endpoint, destination: Destination): readonly Connection[] {
  switch (destination.to) {
    case "api-server":
      return apiServerAddresses(environment, source);
    case "token-service":
      return tokenServiceAddresses(environment, source);
    case "public":
      return destination.ports.flatMap(({ port, protocol }) => publicPort(environment, source, port, protocol));
    case "nodes":
    case "vpc":
      return environment.network[destination.to].flatMap((cidr) =>
        destination.ports.flatMap(({ port, protocol }) =>
          hostAddresses(source, cidr, port).map((connection) => ({ ...connection, protocol })),
        ),
      );
    case "software":
    case "repositories":
    case "telemetry-backends":
      return [];
  }
}

/** True for pods that policies hold for. */
function isProtected({ hostNetwork, namespace }: PlatformComponent): boolean {
  return !hostNetwork && !isKubernetesNamespace(namespace);
}

function endpoint({ namespace, name }: PlatformComponent): Endpoint {
  return { kind: "workload", namespace, name };
}

function same(a: Endpoint, b: Endpoint): boolean {
  return a.kind === "workload" && b.kind === "workload" && a.namespace === b.namespace && a.name === b.name;
}
