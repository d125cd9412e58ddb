import { z } from "zod";
import {
  type BackendHeaders,
  type BackendHeadersInput,
  backendHeadersSchema,
  backendUrlField,
} from "./telemetry-backends.ts";

/** How dashboards reach Grafana. */
export interface PlatformDashboards {
  readonly delivery: DashboardDelivery;
}

/**
 * `config-map`: a ConfigMap for the sidecar that Grafana's chart runs. `grafana-dashboard`: a `GrafanaDashboard` for grafana-operator. `grafana-manifest`: a
 * `GrafanaManifest` for grafana-operator, in Grafana's second schema of dashboards.
 *
 * @see https://github.com/kiwigrid/k8s-sidecar https://grafana.github.io/grafana-operator/docs/
 */
export type DashboardDelivery = "config-map" | "grafana-dashboard" | "grafana-manifest";

export interface PlatformDashboardsInput {
  /** @default "config-map" */
  delivery?: DashboardDelivery;
}

/** What the Grafana of an environment is told about it. */
export interface EnvironmentDashboards {
  /** Where Grafana asks, where that does not follow from where telemetry is written. */
  readonly dataSources: DataSources;
  /** The numbers that this Grafana has given its teams, by the names of the platform's teams. */
  readonly teams: Readonly<Record<string, number>>;
}

/** One address for each signal. */
export interface DataSources {
  /** Answers PromQL. */
  readonly metrics?: DataSourceAddress;
  /** Answers LogQL. */
  readonly logs?: DataSourceAddress;
  /** Answers TraceQL. */
  readonly traces?: DataSourceAddress;
}

export interface DataSourceAddress {
  readonly url: string;
  /** Headers of each request; what is secret names a Secret of Grafana's namespace. */
  readonly headers: BackendHeaders;
}

export interface EnvironmentDashboardsInput {
  /** Where Grafana asks: `{ traces: { url: "http://tempo-query-frontend.monitoring.svc:3200" } }`. @default follows from `telemetry.backends` and the components */
  dataSources?: { metrics?: DataSourceAddressInput; logs?: DataSourceAddressInput; traces?: DataSourceAddressInput };
  /** The numbers that this Grafana has given its teams (`GET /api/teams/search`): members of a team edit its folder. @default every editor edits every folder */
  teams?: Record<string, number>;
}

export interface DataSourceAddressInput {
  url: string;
  /** Headers whose value is secret name a Secret of Grafana's namespace: `{ secret: "loki", key: "token" }`. @default none */
  headers?: BackendHeadersInput;
}

export const platformDashboardsSchema: z.ZodType<PlatformDashboards, PlatformDashboardsInput | undefined> = z
  .strictObject({ delivery: z.enum(["config-map", "grafana-dashboard", "grafana-manifest"]).default("config-map") })
  .meta({ expected: "how dashboards reach Grafana", example: '{ delivery: "grafana-dashboard" }' })
  .prefault({});

const addressSchema: z.ZodType<DataSourceAddress, DataSourceAddressInput> = z.strictObject({
  url: backendUrlField,
  headers: backendHeadersSchema,
});

export const environmentDashboardsSchema: z.ZodType<EnvironmentDashboards, EnvironmentDashboardsInput | undefined> = z
  .strictObject({
    dataSources: z
      .strictObject({
        metrics: addressSchema.exactOptional(),
        logs: addressSchema.exactOptional(),
        traces: addressSchema.exactOptional(),
      })
      .prefault({}),
    teams: z
      .record(z.string(), z.int().min(1))
      .meta({ expected: "a number for each team, as Grafana counts them", example: "{ backend: 3 }" })
      .default({}),
  })
  .meta({
    expected: "where Grafana asks, and its numbers of the teams",
    example: '{ dataSources: { traces: { url: "http://tempo.monitoring.svc:3200" } }, teams: { backend: 3 } }',
  })
  .prefault({});
