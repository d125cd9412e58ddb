import {
  attachFindings,
  type DashboardDelivery,
  describeResource,
  type Resource,
  resourceFindings,
} from "@plinth/core";
import { catalogueWith, type MetricCatalogue } from "@plinth/metrics";
import { type DashboardFolder, teamDashboardFolder } from "../folders/dashboard-folder.ts";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { deliveredDashboard } from "./delivered-dashboard.ts";

export interface DashboardResourceOptions {
  readonly name: string;
  readonly namespace: string;
  /** The name of the team whose folder it lies in, or another folder. */
  readonly folder: string | DashboardFolder;
  /** How it reaches Grafana: `platform.dashboards.delivery`. @default "config-map" */
  readonly delivery?: DashboardDelivery;
  /** Metrics that its queries may ask for: `catalogueWith(...)` for your own. @default `metricCatalogue` and the dashboard's own */
  readonly catalogue?: MetricCatalogue;
}

/**
 * A dashboard as the object that brings it to Grafana: a ConfigMap for the sidecar of Grafana's chart, a `GrafanaDashboard`, or a `GrafanaManifest` in Grafana's second
 * schema. What `lintDashboard` finds travels with the resource, and `plan` reports it.
 *
 * @see https://github.com/kiwigrid/k8s-sidecar https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export function dashboardResource(dashboard: Dashboard, options: DashboardResourceOptions): Resource {
  const { name, namespace, folder, delivery = "config-map", catalogue } = options;
  const resource = deliveredDashboard(delivery, dashboard, {
    name,
    namespace,
    folder: typeof folder === "string" ? teamDashboardFolder(folder) : folder,
  });
  const findings = lintDashboard(dashboardJson(dashboard), {
    exclusions: dashboard.exclusions,
    catalogue: catalogue ?? catalogueWith(...(dashboard.metrics ?? [])),
  });
  const described = describeResource(resource);
  // What is delivered may be larger than the JSON that the lint reads: one of the two says it.
  const isSaid = resourceFindings(resource).length > 0;
  const told = findings.filter(({ message }) => !(isSaid && message.includes("(dashboard-size)")));
  return attachFindings(
    resource,
    [...(dashboard.findings ?? []), ...told].map((finding) => ({ ...finding, resource: described })),
  );
}
