import {
  type BackendHeaders,
  componentsWithRole,
  type DataSourceAddress,
  type Environment,
  type Platform,
  type PlatformComponent,
} from "@plinth/core";

/** Where Grafana asks for metrics, and what answers there. */
export interface MetricsAddress extends DataSourceAddress {
  readonly software: "Prometheus" | "Mimir";
  /** The region of Amazon Managed Service for Prometheus, whose requests are signed. */
  readonly signedFor?: string;
}

// Paths that are written to, and what stands in their place where one asks.
const writePaths: readonly { ends: string; asks: string; software: MetricsAddress["software"] }[] = [
  // https://prometheus.io/docs/prometheus/latest/querying/api/
  { ends: "/api/v1/write", asks: "", software: "Prometheus" },
  // https://grafana.com/docs/mimir/latest/references/http-api/
  { ends: "/api/v1/push", asks: "/prometheus", software: "Mimir" },
  // https://grafana.com/docs/grafana-cloud/send-data/metrics/metrics-prometheus/
  { ends: "/api/prom/push", asks: "/api/prom", software: "Mimir" },
];

/** Where PromQL is answered: where the model says so, else the first back end that is known to answer it, else what scrapes. */
export function metricsAddress(platform: Platform, environment: Environment): MetricsAddress | undefined {
  const { dataSources } = environment.dashboards;
  if (dataSources.metrics !== undefined) return { ...dataSources.metrics, software: "Prometheus" };
  for (const backend of environment.telemetry.backends.metrics) {
    if (backend.kind === "amp") {
      const region = backend.region ?? environment.cluster.region;
      // https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-query-grafana-7.3.html
      const url = `https://aps-workspaces.${region}.amazonaws.com/workspaces/${backend.workspace}`;
      return { url, headers: {}, software: "Prometheus", signedFor: region };
    }
    if (backend.kind !== "remote-write") continue;
    const known = writePaths.find(({ ends }) => backend.endpoint.endsWith(ends));
    if (known === undefined) continue;
    const url = `${backend.endpoint.slice(0, -known.ends.length)}${known.asks}`;
    return { url, headers: backend.headers, software: known.software };
  }
  const url = componentUrl(componentsWithRole(platform, "metrics-scraper")[0], ["web", "http"]);
  return url === undefined ? undefined : { url, headers: {}, software: "Prometheus" };
}

// https://grafana.com/docs/loki/latest/reference/loki-http-api/
const otlpOfLoki = "/otlp";

/** Where LogQL is answered: where the model says so, else the first back end that is a Loki by its path, else the Loki that the platform runs. */
export function logsAddress(platform: Platform, environment: Environment): DataSourceAddress | undefined {
  const { dataSources, backends } = { ...environment.dashboards, ...environment.telemetry };
  if (dataSources.logs !== undefined) return dataSources.logs;
  for (const backend of backends.logs)
    if (backend.kind === "otlp-http" && backend.endpoint.endsWith(otlpOfLoki))
      return { url: backend.endpoint.slice(0, -otlpOfLoki.length), headers: backend.headers };
  return addressOf(softwareNamed(platform, "loki-gateway") ?? softwareNamed(platform, "loki"));
}

/** Where TraceQL is answered: where the model says so, else the Tempo that the platform runs, whose spans come in at another address. */
export function tracesAddress(platform: Platform, environment: Environment): DataSourceAddress | undefined {
  const { dataSources, backends } = { ...environment.dashboards, ...environment.telemetry };
  if (dataSources.traces !== undefined) return dataSources.traces;
  const backend = backends.traces.find(({ kind }) => kind !== "x-ray");
  const headers = backend !== undefined && "headers" in backend ? backend.headers : {};
  return backend === undefined ? undefined : addressOf(softwareNamed(platform, "tempo"), headers);
}

/** Where the Alertmanager of the platform is. */
export function alertsAddress(platform: Platform): DataSourceAddress | undefined {
  const url = componentUrl(componentsWithRole(platform, "alert-manager")[0], ["web", "http"]);
  return url === undefined ? undefined : { url, headers: {} };
}

function softwareNamed({ components }: Platform, software: string): PlatformComponent | undefined {
  return components.find((component) => component.software === software);
}

function addressOf(
  component: PlatformComponent | undefined,
  headers: BackendHeaders = {},
): DataSourceAddress | undefined {
  const url = componentUrl(component, ["http"]);
  return url === undefined ? undefined : { url, headers };
}

/** A component's Service is called as it is. */
function componentUrl(component: PlatformComponent | undefined, ports: readonly string[]): string | undefined {
  const port = ports.map((name) => component?.ports[name]).find((number) => number !== undefined);
  return component === undefined || port === undefined
    ? undefined
    : `http://${component.name}.${component.namespace}.svc:${port}`;
}
