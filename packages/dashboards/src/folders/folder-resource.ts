import { GrafanaFolder } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaFolder";
import { buildResource, type Platform, type Resource } from "@plinth/core";
import { forGrafana } from "../grafana-operator/grafana-instance.ts";
import type { DashboardFolder } from "./dashboard-folder.ts";
import { type FolderPermission, printFolderPermissions } from "./folder-permissions.ts";

/**
 * A folder with its permissions as a `GrafanaFolder`, where grafana-operator makes folders: always where it delivers dashboards, and beside a sidecar where it runs
 * at all. The sidecar's provisioning makes folders of its own and finds them by their titles, so that there the folder says no uid: the operator then takes
 * the folder of that title for its own, whoever was first (folder_controller.go of grafana-operator, `Exists`).
 *
 * @see https://grafana.github.io/grafana-operator/docs/folders/
 */
export function folderResources(
  platform: Platform,
  { name, title, uid }: DashboardFolder,
  namespace: string,
  permissions: readonly FolderPermission[],
): readonly Resource[] {
  const bySidecar = platform.dashboards.delivery === "config-map";
  if (bySidecar && !platform.components.some(({ software }) => software === "grafana-operator")) return [];
  return [
    buildResource(GrafanaFolder, {
      // A uid can neither come nor go (a rule of the CRD): an object of another name, so that the way of delivery can change.
      metadata: { name: bySidecar ? `sidecar-${name}` : name, namespace },
      spec: { ...forGrafana, title, ...(bySidecar ? {} : { uid }), permissions: printFolderPermissions(permissions) },
    }),
  ];
}
