import {
  type DashboardDelivery,
  emitYaml,
  type FileOrigin,
  type Finding,
  hasErrors,
  type OutputFile,
  type Resource,
  resourceFindings,
  signYaml,
} from "@plinth/core";
import {
  type Dashboard,
  dashboardFindings,
  dashboardJson,
  dashboardResource,
  lintDashboards,
} from "@plinth/dashboards";
import { catalogueWith, type Metric } from "@plinth/metrics";
import { platformDashboardFiles } from "./linked-dashboards.ts";
import type { FromFile } from "./load-descriptions.ts";

/** The component that dashboards of a service's repository are of, in its index. */
export const dashboardComponent = "dashboards";

export interface ServiceDashboardOptions {
  /** How they reach Grafana. */
  readonly delivery: DashboardDelivery;
  /** What writes them again: a dashboard may need the metrics of another file. */
  readonly command: string;
  /** The service whose they are where they do not say it, and the team whose folder they lie in. */
  readonly owner: { readonly service?: string; readonly team?: string };
  readonly namespace?: string;
  /** Names of the services that the repository describes. */
  readonly services: readonly string[];
  /** Metrics of the repository's own. */
  readonly metrics: readonly Metric[];
  readonly root: string;
}

/** Files of dashboards, or what is wrong with them. */
export interface DashboardFiles {
  readonly files: readonly OutputFile[];
  readonly findings: readonly Finding[];
}

/** The dashboards of a service's repository as objects for its cluster: each checked by itself, and all of them together. */
export function dashboardFiles(
  dashboards: readonly FromFile<Dashboard>[],
  options: ServiceDashboardOptions,
): DashboardFiles {
  const { metrics, services, root } = options;
  const checked = dashboards.map((dashboard) => ({
    dashboard,
    findings: dashboardFindings(dashboard.value, { metrics, services, root }).map((finding) =>
      placed(finding, dashboard),
    ),
  }));
  const alone = checked.flatMap(({ findings }) => findings);
  // What cannot be written leads nowhere.
  const writable = checked.filter(({ findings }) => !hasErrors(findings)).map(({ dashboard }) => dashboard);
  const findings = [...alone, ...twice(dashboards), ...linkFindings(writable)];
  if (hasErrors(findings)) return { files: [], findings };
  const made = writable.map((dashboard) => ({ dashboard, resource: objectOf(dashboard.value, options) }));
  const refused = made.flatMap(({ dashboard, resource }) =>
    resourceFindings(resource)
      .filter(({ code }) => code === "invalid-resource")
      .map((finding) => placed(finding, dashboard)),
  );
  return {
    findings: [...findings, ...refused],
    files: made.map(({ dashboard, resource }) => fileOf(inNamespace(resource, options.namespace), dashboard, options)),
  };
}

/** The folder of dashboards whose owner nobody names. */
const ownerless = { name: "services", title: "Services", uid: "services" };

/** The one place that says how a dashboard of a service's repository reaches Grafana. */
function objectOf(
  dashboard: Dashboard,
  { delivery, owner, namespace = "default", metrics }: ServiceDashboardOptions,
): Resource {
  return dashboardResource(dashboard, {
    // The uid is the dashboard's name for good.
    name: dashboard.uid,
    namespace,
    folder: owner.team ?? ownerless,
    delivery,
    catalogue: catalogueWith(...metrics, ...(dashboard.metrics ?? [])),
  });
}

/** Without a namespace it lands in that to which it is applied. */
function inNamespace(resource: Resource, namespace: string | undefined): Resource {
  if (namespace !== undefined) return resource;
  const { namespace: _, ...metadata } = resource.metadata;
  return { ...resource, metadata };
}

function fileOf(
  resource: Resource,
  { value, source }: FromFile<Dashboard>,
  { owner, command }: ServiceDashboardOptions,
): OutputFile {
  const service = value.service ?? owner.service;
  const origin: FileOrigin = { component: dashboardComponent, source, command };
  return {
    path: `${service ?? "dashboards"}/${resource.kind.toLowerCase()}-${resource.metadata.name}.yaml`,
    entry: { component: dashboardComponent, ...(service === undefined ? {} : { service }) },
    text: () => signYaml(emitYaml(resource), origin),
  };
}

/** How a finding names a dashboard that has no object yet. */
function placed(finding: Finding, { source, index }: FromFile<Dashboard>): Finding {
  const path = [index === undefined ? undefined : `[${index}]`, finding.path].filter((part) => part !== undefined);
  return {
    ...finding,
    source: finding.source ?? { file: source },
    ...(path.length === 0 ? {} : { path: path.join(".") }),
  };
}

function twice(dashboards: readonly FromFile<Dashboard>[]): readonly Finding[] {
  const uids = dashboards.map(({ value }) => value.uid);
  return dashboards.flatMap((dashboard, position) => {
    const first = dashboards[uids.indexOf(dashboard.value.uid)];
    if (first === undefined || first === dashboard || uids.indexOf(dashboard.value.uid) === position) return [];
    return placed(
      {
        code: "duplicate-name",
        severity: "error",
        path: "uid",
        message: `has the uid ${JSON.stringify(dashboard.value.uid)} of ${JSON.stringify(first.value.title)} in ${first.source}`,
        expected: "a uid of its own for each dashboard",
        example: 'serviceDashboard(loyalty, rows, { uid: "loyalty-bookings" })',
      },
      dashboard,
    );
  });
}

/** Links among the repository's dashboards and to those of the platform; where a uid is there twice, to the first of it. */
function linkFindings(dashboards: readonly FromFile<Dashboard>[]): readonly Finding[] {
  const byUid = new Map(dashboards.toReversed().map((dashboard) => [dashboard.value.uid, dashboard]));
  const own = [...byUid].map(([uid, { value }]) => ({ file: uid, text: dashboardJson(value) }));
  const others = platformDashboardFiles(own);
  return lintDashboards([...own, ...others]).flatMap(({ file, ...finding }) => {
    const dashboard = file === undefined ? undefined : byUid.get(file);
    return dashboard === undefined ? [] : [placed(finding, dashboard)];
  });
}
