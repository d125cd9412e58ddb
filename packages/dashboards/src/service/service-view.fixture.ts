import type { PlatformInput, ServiceInput } from "@plinth/core";
import { examplePlatformInput, platformOf } from "@plinth/core/testing";
import { type EvaluatedSample, evaluatePromql } from "@plinth/metrics/evaluation";
import type { Dashboard, Panel } from "../model/dashboard.ts";
import { queryText } from "../model/query.ts";
import type { ServiceView } from "./service-row.ts";

/** A service of the example platform, or one that is added to it. */
export function viewOf(
  name: string,
  changes: Partial<ServiceInput> = {},
  platformChanges: Partial<PlatformInput> = {},
  environmentName = "production",
): ServiceView {
  const input = { ...examplePlatformInput(), ...platformChanges };
  const services = input.services.map((service) => (service.name === name ? { ...service, ...changes } : service));
  const platform = platformOf({ ...input, services });
  const environment = platform.environments.find((candidate) => candidate.name === environmentName);
  const service = platform.services.find((candidate) => candidate.name === name);
  if (environment === undefined || service === undefined) throw new TypeError(`${name} is not in the example platform`);
  return { platform, environment, service };
}

export const titles = (dashboard: Dashboard): readonly string[] => dashboard.rows.map(({ title }) => title);

export function panelOf(dashboard: Pick<Dashboard, "rows">, rowId: string, panelId: string): Panel {
  const panel = dashboard.rows.find(({ id }) => id === rowId)?.panels.find(({ id }) => id === panelId);
  if (panel === undefined) throw new TypeError(`there is no panel ${rowId}/${panelId}`);
  return panel;
}

/** The queries of a panel, by their names. */
export const expressions = (panel: Panel): readonly string[] => panel.queries.map(queryText);

/** What a panel's queries give over series in promtool's notation, as Grafana would ask with a rate interval of five minutes and everything chosen. */
export function valuesOf(
  panel: Panel,
  series: Readonly<Record<string, string>>,
  at = "30m",
): Readonly<Record<string, readonly EvaluatedSample[]>> {
  return Object.fromEntries(
    panel.queries.map((query) => [query.name, evaluatePromql(filled(queryText(query)), series, { at })]),
  );
}

/** The value of a query that gives one. */
export function singleValue(
  panel: Panel,
  series: Readonly<Record<string, string>>,
  { query = "A", at = "30m" }: { readonly query?: string; readonly at?: string } = {},
): number | undefined {
  const samples = valuesOf(panel, series, at)[query] ?? [];
  if (samples.length > 1) throw new TypeError(`${query} of ${panel.title} gives ${samples.length} values`);
  return samples[0]?.value;
}

/** A query with Grafana's variables filled in. */
export function filled(query: string): string {
  return query
    .replaceAll("$__rate_interval", "5m")
    .replaceAll("$__interval", "5m")
    .replaceAll("$__range", "30m")
    .replace(/=~"\$\w+"/g, '=~".+"');
}
