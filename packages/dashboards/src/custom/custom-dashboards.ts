import {
  attachFindings,
  type Component,
  describeResource,
  type Finding,
  type FoundationComponent,
  type Platform,
  type Resource,
} from "@plinth/core";
import {
  type Metric,
  platformDashboardTopics,
  platformDashboardUid,
  serviceDashboardUid,
  sloDashboardUids,
  teamDashboardUid,
} from "@plinth/metrics";
import type { DashboardFolder } from "../folders/dashboard-folder.ts";
import { dashboardNamespace } from "../folders/dashboard-namespace.ts";
import { platformFolderPermissions } from "../folders/folder-permissions.ts";
import { folderResources } from "../folders/folder-resource.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { deliveredDashboard } from "../outputs/delivered-dashboard.ts";
import { dashboardFindings } from "./dashboard-findings.ts";

/** Dashboards that somebody made for one platform. */
export interface CustomDashboardsOptions {
  /** Of the component and of the folder: a DNS label. The folder's uid is the same. */
  readonly name: string;
  /** What people read on the folder. */
  readonly title: string;
  /** What is in it, equal in every environment: the reader chooses the environment. */
  readonly dashboards: (platform: Platform) => readonly Dashboard[];
  /** Metrics that they may ask for beside the catalogue's and their own. @default none */
  readonly metrics?: readonly Metric[];
}

/** The component of dashboards of a platform's own. */
export interface CustomDashboards extends FoundationComponent {
  /** Metrics that its dashboards ask for beside the catalogue's. */
  readonly customMetrics: (platform: Platform) => readonly Metric[];
}

/**
 * The component that renders dashboards of a platform's own, in a folder of theirs beside the other dashboards of the platform. Each is checked by every rule as
 * it is rendered: an error stops the render.
 *
 * @example
 * import { defineMetric, rate } from "@plinth/metrics";
 * const orders = defineMetric({ name: "shop_orders_total", type: "counter", unit: "count", labels: [], help: "Orders." });
 * const perMinute = timeseries("Orders", rate(orders, "$__rate_interval"), { unit: "ops", description: "Orders per second." });
 * export const additionalComponents = [
 *   customDashboards({
 *     name: "business",
 *     title: "Business",
 *     dashboards: () => [customDashboard("business-orders", "Orders", [row("Orders", [perMinute])], { description: "What customers buy.", metrics: [orders] })],
 *   }),
 * ];
 */
export function customDashboards({ name, title, dashboards, metrics = [] }: CustomDashboardsOptions): CustomDashboards {
  const folder: DashboardFolder = { name, title, uid: name };
  return {
    name: `${name}-dashboards`,
    layer: "foundation",
    shared: (platform) => {
      const namespace = dashboardNamespace(platform);
      if (namespace === undefined) return [];
      return [
        ...folderResources(platform, folder, namespace, platformFolderPermissions),
        ...dashboards(platform).map((dashboard) => customResource(platform, dashboard, { namespace, folder, metrics })),
      ];
    },
    check: (platform) => takenUids(platform, dashboards(platform)),
    customMetrics: (platform) => [...metrics, ...dashboards(platform).flatMap((dashboard) => dashboard.metrics ?? [])],
  };
}

/**
 * Metrics that only one platform has, because its own dashboards ask for them: what checks and previews of those dashboards need beside the catalogue.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * import { catalogueWith } from "@plinth/metrics";
 * const business = customDashboards({ name: "business", title: "Business", dashboards: () => [] });
 * catalogueWith(...customMetrics([business], examplePlatform()));
 */
export function customMetrics(components: readonly Component[], platform: Platform): readonly Metric[] {
  return [...new Set(components.filter(isCustom).flatMap((component) => component.customMetrics(platform)))];
}

function isCustom(component: Component): component is CustomDashboards {
  return "customMetrics" in component && typeof component.customMetrics === "function";
}

function customResource(
  platform: Platform,
  dashboard: Dashboard,
  {
    namespace,
    folder,
    metrics,
  }: { readonly namespace: string; readonly folder: DashboardFolder; readonly metrics: readonly Metric[] },
): Resource {
  const place = { name: dashboard.uid, namespace, folder };
  const resource = deliveredDashboard(platform.dashboards.delivery, dashboard, place);
  const services = platform.services.map((service) => service.name);
  const findings = dashboardFindings(dashboard, { metrics, services, allServices: true });
  const described = describeResource(resource);
  return attachFindings(
    resource,
    findings.map((finding) => ({ ...finding, resource: described })),
  );
}

/** Uids of dashboards that Plinth makes of the platform itself: Grafana would show one of the two. Two of one's own are one object, which the plan refuses. */
function takenUids(platform: Platform, dashboards: readonly Dashboard[]): readonly Finding[] {
  const taken = new Map<string, string>([
    ...platform.services.map(({ name }) => [serviceDashboardUid(name), `the service ${name}`] as const),
    ...platform.teams.map(({ name }) => [teamDashboardUid(name), `the team ${name}`] as const),
    ...platformDashboardTopics.map((topic) => [platformDashboardUid(topic), `the topic ${topic}`] as const),
    ...Object.values(sloDashboardUids).map((uid) => [uid, "SLOs"] as const),
  ]);
  return dashboards.flatMap(({ uid, title }): Finding[] => {
    const owner = taken.get(uid);
    return owner === undefined
      ? []
      : [
          {
            code: "duplicate-name",
            severity: "error",
            path: "uid",
            message: `the dashboard ${JSON.stringify(title)} has the uid ${JSON.stringify(uid)}, which is that of the dashboard of ${owner}`,
            expected: "a uid of its own",
            example: `uid: "custom-${uid}"`,
          },
        ];
  });
}
