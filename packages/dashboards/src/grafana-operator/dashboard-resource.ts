import { GrafanaDashboard } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaDashboard";
import { attachFindings, buildResource, describeResource, type Resource } from "@plinth/core";
import type { MetricCatalogue } from "@plinth/metrics";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { forGrafana } from "./grafana-instance.ts";

export interface DashboardResourceOptions {
  readonly name: string;
  readonly namespace: string;
  /** Name of the `GrafanaFolder` in the same namespace. */
  readonly folder: string;
  /** Metrics that its queries may ask for: `catalogueWith(...)` for your own. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
}

/**
 * A dashboard as a `GrafanaDashboard`, which grafana-operator brings to Grafana. What `lintDashboard` finds travels with the resource, and
 * `plan` reports it.
 *
 * @see https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export function dashboardResource(dashboard: Dashboard, options: DashboardResourceOptions): Resource {
  const json = dashboardJson(dashboard);
  const resource = provenDashboardResource(dashboard, json, options);
  const { catalogue } = options;
  const findings = lintDashboard(json, {
    exclusions: dashboard.exclusions,
    ...(catalogue === undefined ? {} : { catalogue }),
  });
  const described = describeResource(resource);
  return attachFindings(
    resource,
    findings.map((finding) => ({ ...finding, resource: described })),
  );
}

/** The same without the lint, which takes longer than all the rest: for dashboards whose every form the tests have linted. */
export function provenDashboardResource(
  { uid }: Pick<Dashboard, "uid">,
  json: string,
  { name, namespace, folder }: Pick<DashboardResourceOptions, "name" | "namespace" | "folder">,
): Resource {
  return buildResource(GrafanaDashboard, {
    metadata: { name, namespace },
    // The uid stands in the JSON, too; here the CRD's rule keeps it from ever changing.
    spec: { ...forGrafana, folderRef: folder, uid, json },
  });
}
