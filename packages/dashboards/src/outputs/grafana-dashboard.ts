import { GrafanaDashboard } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaDashboard";
import { buildResource, type Resource } from "@plinth/core";
import { forGrafana } from "../grafana-operator/grafana-instance.ts";
import type { DashboardPlace } from "./delivered-dashboard.ts";

/**
 * A dashboard that grafana-operator brings to Grafana.
 *
 * @see https://grafana.github.io/grafana-operator/docs/dashboards/
 */
export function grafanaDashboard(uid: string, json: string, { name, namespace, folder }: DashboardPlace): Resource {
  return buildResource(GrafanaDashboard, {
    metadata: { name, namespace },
    // The uid stands in the JSON, too; here the CRD's rule keeps it from ever changing.
    spec: { ...forGrafana, folderRef: folder.name, uid, json },
  });
}
