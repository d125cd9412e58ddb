import { type Finding, hasErrors, nearestName, sourceOf } from "@plinth/core";
import { catalogueWith, type Metric } from "@plinth/metrics";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { lintDashboard } from "../lint/lint-dashboard.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { namedServices } from "./named-services.ts";

// No file lies below it.
const nowhere = "//";

export interface DashboardFindingsOptions {
  /** Metrics that its queries may ask for beside the catalogue's and its own. @default none */
  readonly metrics?: readonly Metric[];
  /** Names of services that there are. @default not known: no name is wrong */
  readonly services?: readonly string[];
  /** Whether `services` are all that there are: another name is an error then, and otherwise a warning where it is nearly one of them. @default false */
  readonly allServices?: boolean;
  /** Folder that files in findings are relative to. @default none: they are absolute */
  readonly root?: string;
}

/**
 * Everything that is wrong with one dashboard: what could not be made as it was asked for, what the lint says of its JSON, and services in its queries that
 * nobody knows. Whatever it is made of, nothing is thrown.
 *
 * @example
 * const dashboard = serviceDashboard({ name: "loyalty", team: "backend", promises: [] }, [runtimeRow()]);
 * dashboardFindings(dashboard).map(({ message }) => message);
 */
export function dashboardFindings(dashboard: Dashboard, options: DashboardFindingsOptions = {}): readonly Finding[] {
  const source = sourceOf(dashboard, options.root ?? nowhere);
  const placed = (finding: Finding): Finding => (source === undefined ? finding : { source, ...finding });
  const made = dashboard.findings ?? [];
  if (hasErrors(made)) return made.map(placed);
  return [...made, ...lintFindings(dashboard, options), ...serviceFindings(dashboard, options)].map(placed);
}

function lintFindings(dashboard: Dashboard, { metrics = [] }: DashboardFindingsOptions): readonly Finding[] {
  const catalogue = catalogueWith(...metrics, ...(dashboard.metrics ?? []));
  try {
    return lintDashboard(dashboardJson(dashboard), { exclusions: dashboard.exclusions, catalogue });
  } catch (error) {
    // Where the types were bypassed.
    return [
      {
        code: "invalid-field",
        severity: "error",
        message: `the dashboard ${JSON.stringify(dashboard.title)} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        expected: "panels that timeseries, stat and the other functions make",
      },
    ];
  }
}

function serviceFindings(dashboard: Dashboard, options: DashboardFindingsOptions): readonly Finding[] {
  const { services, allServices = false } = options;
  if (services === undefined) return [];
  return namedServices(dashboard).flatMap(({ name, panel }): Finding[] => {
    const nearest = nearestName(name, services);
    if (services.includes(name) || (!allServices && nearest === undefined)) return [];
    return [
      {
        code: "unknown-reference",
        severity: allServices ? "error" : "warning",
        message: `the panel ${JSON.stringify(panel)} of ${JSON.stringify(dashboard.title)} asks for the service ${JSON.stringify(name)}, which does not exist`,
        expected: nearest ?? `one of ${services.join(", ")}`,
      },
    ];
  });
}
