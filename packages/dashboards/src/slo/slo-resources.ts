import type { Platform, Resource } from "@plinth/core";
import { sloDashboardFolder } from "../folders/dashboard-folder.ts";
import { dashboardNamespace } from "../folders/dashboard-namespace.ts";
import { platformFolderPermissions } from "../folders/folder-permissions.ts";
import { folderResources } from "../folders/folder-resource.ts";
import { deliveredDashboard } from "../outputs/delivered-dashboard.ts";
import { sloDetailDashboard } from "./slo-detail.ts";
import { sloOverviewDashboard } from "./slo-overview.ts";

/** The dashboards about SLOs in a folder of their own, beside the platform's Grafana; none without a Prometheus. They are equal in all environments. */
export function sloDashboardResources(platform: Platform): readonly Resource[] {
  const namespace = dashboardNamespace(platform);
  if (namespace === undefined) return [];
  return [
    ...folderResources(platform, sloDashboardFolder, namespace, platformFolderPermissions),
    ...[sloOverviewDashboard(), sloDetailDashboard()].map((dashboard) =>
      deliveredDashboard(platform.dashboards.delivery, dashboard, {
        name: dashboard.uid,
        namespace,
        folder: sloDashboardFolder,
      }),
    ),
  ];
}
