import {
  type DataStore,
  type Environment,
  metricsEndpointsOf,
  namespaceOf,
  type Platform,
  type PlatformComponent,
  placementIn,
  podLabelsOf,
  portsOf,
  type Scrape,
  type Service,
  servicesIn,
} from "@plinth/core";

/** Pods that are scraped: whose they are, how they are found, and their pages of metrics. */
export interface ScrapeTarget {
  readonly name: string;
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** The owner; none for what the platform itself runs. */
  readonly team?: string;
  readonly pages: readonly ScrapedPage[];
}

/** A page of metrics: the port's name and number, and how it is scraped. */
export interface ScrapedPage extends Scrape {
  readonly port: { readonly name: string; readonly number: number };
}

/** A service with its pages of metrics; `undefined` when it has none. */
export function serviceTarget(platform: Platform, service: Service): ScrapeTarget | undefined {
  const numbers = new Map(portsOf(service).map(({ name, port }) => [name, port]));
  return targetOf(
    {
      name: service.name,
      namespace: namespaceOf(platform, service),
      podLabels: podLabelsOf(service),
      team: service.team,
    },
    metricsEndpointsOf(service).flatMap(({ port, ...scrape }) => pageAt(port, numbers.get(port), scrape)),
  );
}

/** A data store that runs in the cluster of the environment, with its pages of metrics; `undefined` when there is nothing to scrape. */
export function dataStoreTarget(
  platform: Platform,
  environment: Environment,
  store: DataStore,
): ScrapeTarget | undefined {
  if (placementIn(store, environment).kind !== "in-cluster") return undefined;
  const { name, team } = store;
  return targetOf(
    { name, namespace: namespaceOf(platform, store), podLabels: podLabelsOf(store), team },
    store.metrics.flatMap(({ port, ...scrape }) => pageAt(String(port), port, scrape)),
  );
}

/** A platform component whose metrics the model says; `undefined` for one whose chart brings its own monitor, and for pods that no selector finds. */
export function componentTarget({
  name,
  namespace,
  podLabels,
  ports,
  metrics,
  hostNetwork,
}: PlatformComponent): ScrapeTarget | undefined {
  if (hostNetwork || Object.keys(podLabels).length === 0) return undefined;
  return targetOf(
    { name, namespace, podLabels },
    metrics.flatMap(({ port, ...scrape }) => pageAt(port, ports[port], scrape)),
  );
}

/** Everything that is scraped in an environment. */
export function targetsIn(platform: Platform, environment: Environment): readonly ScrapeTarget[] {
  return [
    ...servicesIn(platform, environment).flatMap((service) => serviceTarget(platform, service) ?? []),
    ...platform.dataStores.flatMap((store) => dataStoreTarget(platform, environment, store) ?? []),
    ...platform.components.flatMap((component) => componentTarget(component) ?? []),
  ];
}

function pageAt(name: string, number: number | undefined, scrape: Scrape): ScrapedPage[] {
  return number === undefined ? [] : [{ ...scrape, port: { name, number } }];
}

function targetOf(target: Omit<ScrapeTarget, "pages">, pages: readonly ScrapedPage[]): ScrapeTarget | undefined {
  return pages.length === 0 ? undefined : { ...target, pages };
}
