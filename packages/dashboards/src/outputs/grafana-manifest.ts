import type { Dashboard as GrafanaDashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { GrafanaManifest } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaManifest";
import { buildResource, type Resource } from "@plinth/core";
import { forGrafana } from "../grafana-operator/grafana-instance.ts";
import type { DashboardPlace } from "./delivered-dashboard.ts";
import { dashboardV2 } from "./schema-v2/dashboard-v2.ts";
import { plainJson } from "./schema-v2/panel-v2.ts";

/** Grafana's own resource of a dashboard in its second schema. */
export const dashboardApi = "dashboard.grafana.app/v2";

/** The annotation by which Grafana's API knows a dashboard's folder. */
export const apiFolderAnnotation = "grafana.app/folder";

/**
 * A dashboard in Grafana's second schema, which grafana-operator hands to Grafana's API as it stands: Grafana 13 takes that schema neither from a file nor from a
 * `GrafanaDashboard`.
 *
 * @see https://grafana.github.io/grafana-operator/docs/examples/manifests/dashboards-v2/readme/
 */
export function grafanaManifest(
  uid: string,
  classic: GrafanaDashboard,
  { name, namespace, folder }: DashboardPlace,
): Resource {
  return buildResource(GrafanaManifest, {
    metadata: { name: `dashboard-${name}`, namespace },
    spec: {
      ...forGrafana,
      template: {
        apiVersion: dashboardApi,
        kind: "Dashboard",
        metadata: { name: uid, annotations: { [apiFolderAnnotation]: folder.uid } },
        spec: plainJson(dashboardV2(classic)),
      },
    },
  });
}
