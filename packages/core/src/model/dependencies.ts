import type { DataStore, Placement } from "./data-store.ts";
import type { Environment } from "./environment.ts";
import { type MetricsEndpoint, plainScrape } from "./metrics-endpoint.ts";
import type { Platform } from "./platform.ts";
import type { PlatformComponent, PlatformRole } from "./platform-component.ts";
import type { ExternalHost, PortProtocol, Service } from "./service.ts";
import type { Needs } from "./service-needs.ts";
import type { Traffic } from "./service-traffic.ts";
import type { Team } from "./team.ts";

/** A port of a service, with its name. */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: PortProtocol;
}

/** What a service depends on in one environment, with everything that a rule or a panel about it needs. */
export type Dependency =
  | { readonly kind: "service"; readonly service: Service; readonly port: NamedPort }
  | {
      readonly kind: "data-store";
      readonly dataStore: DataStore;
      readonly placement: Placement;
      readonly access: "client" | "produces" | "consumes";
    }
  | { readonly kind: "external"; readonly host: ExternalHost };

/** The entry of that name, or an error that says so: the model was checked, so this is a mistake of the caller. */
function named<Entry extends { readonly name: string }>(entries: readonly Entry[], name: string, what: string): Entry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new RangeError(`there is no ${what} ${JSON.stringify(name)} in this platform`);
  return entry;
}

/** The service of that name. Throws a RangeError when there is none. */
export function serviceNamed(platform: Platform, name: string): Service {
  return indexOf(platform).services.get(name) ?? named(platform.services, name, "service");
}

/** The team of that name. Throws a RangeError when there is none. */
export function teamNamed(platform: Platform, name: string): Team {
  return indexOf(platform).teams.get(name) ?? named(platform.teams, name, "team");
}

/** The environment of that name. Throws a RangeError when there is none. */
export function environmentNamed(platform: Platform, name: string): Environment {
  return named(platform.environments, name, "environment");
}

/** The data store of that name. Throws a RangeError when there is none. */
export function dataStoreNamed(platform: Platform, name: string): DataStore {
  return indexOf(platform).dataStores.get(name) ?? named(platform.dataStores, name, "data store");
}

/**
 * True when the platform runs software of that name, or a part of it: `argocd`, which `argocd-server` is of.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * runsSoftware(examplePlatform(), "mainframe"); // false
 */
export function runsSoftware({ components }: Platform, name: string): boolean {
  return components.some(({ software }) => software === name || software.startsWith(`${name}-`));
}

/** Platform components that play a part: those that scrape, the gateways, DNS. */
export function componentsWithRole(platform: Platform, role: PlatformRole): readonly PlatformComponent[] {
  return platform.components.filter(({ roles }) => roles.includes(role));
}

/** True when the service runs in the environment. */
export function runsIn(service: Service, environment: Environment): boolean {
  return service.environments === undefined || service.environments.includes(environment.name);
}

/** Services that run in the environment, by name. */
export function servicesIn(platform: Platform, environment: Environment): readonly Service[] {
  return platform.services.filter((service) => runsIn(service, environment));
}

/** The namespace that a service, or an in-cluster data store, lives in: its team's. */
export function namespaceOf(platform: Platform, entry: Service | DataStore): string {
  return teamNamed(platform, entry.team).namespace;
}

/** Ports of a service in the order that they were written. */
export function portsOf(service: Service): readonly NamedPort[] {
  return Object.entries(service.ports).map(([name, port]) => ({ name, ...port }));
}

/**
 * Every page of metrics of a service that is scraped: those that it says something about, and each port with the protocol `prometheus`, at `/metrics`.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * metricsEndpointsOf(serviceNamed(examplePlatform(), "checkout")); // one at the port "metrics"
 */
export function metricsEndpointsOf(service: Service): readonly MetricsEndpoint[] {
  const said = new Set(service.metrics.map(({ port }) => port));
  return [
    ...service.metrics,
    ...portsOf(service).flatMap(({ name, protocol }) =>
      protocol === "prometheus" && !said.has(name) ? [{ port: name, ...plainScrape }] : [],
    ),
  ];
}

/** Ports of a service that are scraped, once each. */
export function scrapedPortsOf(service: Service): readonly NamedPort[] {
  const scraped = new Set(metricsEndpointsOf(service).map(({ port }) => port));
  return portsOf(service).filter(({ name }) => scraped.has(name));
}

/** Where a data store runs in the environment. */
export function placementIn(dataStore: DataStore, environment: Environment): Placement {
  const placement = dataStore.placements.get(environment.name);
  if (placement === undefined) throw new RangeError(`${dataStore.name} has no placement in ${environment.name}`);
  return placement;
}

/** What a service needs in an environment; `undefined` when it does not say. */
export function needsIn({ needs }: Service, environment: Environment): Needs | undefined {
  if (needs === undefined) return undefined;
  const { replicas, cpu, memory } = needs;
  // An environment without a number of its own is one that the service does not run in.
  return { replicas: typeof replicas === "number" ? replicas : (replicas.get(environment.name) ?? 0), cpu, memory };
}

/**
 * How much a service is asked in an environment; `undefined` when it does not say. Where it does not say how many spans a request makes, it is one of its
 * own and one for each thing that the service depends on.
 */
export function trafficIn(
  { traffic, calls, stores, produces, external }: Service,
  environment: Environment,
): Traffic | undefined {
  if (traffic === undefined) return undefined;
  const { requestsPerSecond: rate, spansPerRequest } = traffic;
  return {
    requestsPerSecond: typeof rate === "number" ? rate : (rate.get(environment.name) ?? 0),
    spansPerRequest: spansPerRequest ?? 1 + calls.length + stores.length + produces.length + external.length,
  };
}

/** Everything that a service depends on in an environment: calls, data stores, topics, external hosts, in the order that they were written. */
export function dependenciesOf(platform: Platform, service: Service, environment: Environment): readonly Dependency[] {
  const store = (name: string, access: "client" | "produces" | "consumes"): Dependency => {
    const dataStore = dataStoreNamed(platform, name);
    return { kind: "data-store", dataStore, placement: placementIn(dataStore, environment), access };
  };
  return [
    ...service.calls.map((call): Dependency => {
      const target = serviceNamed(platform, call.service);
      const port = portsOf(target).find(
        ({ name, protocol }) => protocol !== "prometheus" && (call.port === undefined || call.port === name),
      );
      if (port === undefined) throw new RangeError(`${target.name} offers no port ${call.port ?? ""}`);
      return { kind: "service", service: target, port };
    }),
    ...service.stores.map((name) => store(name, "client")),
    ...service.produces.map(({ store: name }) => store(name, "produces")),
    ...service.consumes.map(({ store: name }) => store(name, "consumes")),
    ...service.external.map((host): Dependency => ({ kind: "external", host })),
  ];
}

/** A service that calls another, and the port that it calls. */
export interface Caller {
  readonly service: Service;
  readonly port: NamedPort;
}

/** Services that call a service in an environment, by name. */
export function callersOf(platform: Platform, target: Service, environment: Environment): readonly Caller[] {
  return (indexOf(platform).callers.get(target.name) ?? [])
    .filter((caller) => runsIn(caller, environment))
    .flatMap((caller) =>
      dependenciesOf(platform, caller, environment).flatMap((dependency) =>
        dependency.kind === "service" && dependency.service === target
          ? [{ service: caller, port: dependency.port }]
          : [],
      ),
    );
}

/** Services that use a data store in an environment, by name. */
export function clientsOf(platform: Platform, dataStore: DataStore, environment: Environment): readonly Service[] {
  return (indexOf(platform).clients.get(dataStore.name) ?? []).filter((service) => runsIn(service, environment));
}

interface PlatformIndex {
  readonly services: ReadonlyMap<string, Service>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly dataStores: ReadonlyMap<string, DataStore>;
  readonly callers: ReadonlyMap<string, readonly Service[]>;
  readonly clients: ReadonlyMap<string, readonly Service[]>;
}

// A platform is frozen, so what is derived from it is kept as long as it is.
const indexes = new WeakMap<Platform, PlatformIndex>();

function indexOf(platform: Platform): PlatformIndex {
  const known = indexes.get(platform);
  if (known !== undefined) return known;
  const index: PlatformIndex = {
    services: byName(platform.services),
    teams: byName(platform.teams),
    dataStores: byName(platform.dataStores),
    callers: invert(platform.services, ({ calls }) => calls.map(({ service }) => service)),
    clients: invert(platform.services, ({ stores, produces, consumes }) => [
      ...stores,
      ...produces.map(({ store }) => store),
      ...consumes.map(({ store }) => store),
    ]),
  };
  indexes.set(platform, index);
  return index;
}

function byName<Entry extends { readonly name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

/** For each name that services refer to, the services that do, once each. */
function invert(
  services: readonly Service[],
  references: (service: Service) => readonly string[],
): ReadonlyMap<string, readonly Service[]> {
  const inverted = new Map<string, Service[]>();
  for (const service of services) {
    for (const name of new Set(references(service))) {
      const list = inverted.get(name);
      if (list === undefined) inverted.set(name, [service]);
      else list.push(service);
    }
  }
  return inverted;
}
