import type { Resource } from "@plinth/core";
import type { DashboardPlace } from "./delivered-dashboard.ts";
import { sidecarConfigMap } from "./sidecar-config-map.ts";

/** By which the sidecar finds a dashboard: the default of Grafana's chart, `sidecar.dashboards.label` and `labelValue`. */
export const dashboardLabel = { name: "grafana_dashboard", value: "1" } as const;

/** The annotation that says the folder: what the chart's `sidecar.dashboards.folderAnnotation` has to name. */
export const folderAnnotation = "grafana_folder";

/**
 * A dashboard for the sidecar that Grafana's chart runs: it writes the text into a file of the folder that the annotation says, and Grafana reads it from there. Nothing is
 * filled in on the way: of all that is provisioned from files, dashboards alone keep their `$`.
 *
 * @see https://github.com/kiwigrid/k8s-sidecar
 * @see https://github.com/grafana-community/helm-charts/tree/main/charts/grafana#sidecar-for-dashboards
 */
export function dashboardConfigMap(uid: string, json: string, { name, namespace, folder }: DashboardPlace): Resource {
  return sidecarConfigMap({
    // Beside what the service itself may call so.
    name: `grafana-dashboard-${name}`,
    namespace,
    label: dashboardLabel,
    annotations: { [folderAnnotation]: folder.title },
    // The files of all namespaces lie together: the uid tells them apart.
    file: `${uid}.json`,
    text: json,
  });
}
