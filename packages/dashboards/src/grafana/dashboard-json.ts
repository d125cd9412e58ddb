import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as GrafanaDashboard,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { panelNumber } from "@plinth/metrics";
import { type PlacedRow, placePanels } from "../layout/place-panels.ts";
import type { Dashboard, Variable } from "../model/dashboard.ts";
import { annotationBuilder } from "./annotations.ts";
import { linkBuilder } from "./links.ts";
import { panelBuilder } from "./panels/build-panel.ts";
import { printJson } from "./print-json.ts";
import { variableBuilder } from "./variables.ts";

/**
 * A dashboard as Grafana reads it from a file or its API: classic JSON of schema version 42, with its keys sorted as Grafana's own export sorts
 * them, so that a diff shows only what changed.
 *
 * Says what the model says, right or wrong: `lintDashboard` finds what is wrong with it.
 *
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function dashboardJson(dashboard: Dashboard): string {
  return printJson(classicDashboard(dashboard));
}

/** The same as Grafana's builders give it: it holds functions, which JSON leaves out. */
export function classicDashboard(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .description(dashboard.description)
    .tags([...dashboard.tags])
    .readonly()
    .timezone("browser")
    .time({ from: `now-${dashboard.timeRange}`, to: "now" })
    .refresh(dashboard.refresh)
    .tooltip(DashboardCursorSync.Crosshair)
    .annotations((dashboard.annotations ?? []).map(annotationBuilder))
    .links(dashboard.links.map(linkBuilder))
    .variables(variablesOf(dashboard).map(variableBuilder));
  for (const placed of placePanels(dashboard)) addRow(builder, placed);
  return builder.build();
}

/** The data sources and what the rows need. Two rows may ask for the same; two that mean different things by one name are the lint's to report. */
function variablesOf({ dataSources, rows }: Dashboard): readonly Variable[] {
  const distinct = new Map<string, Variable>();
  for (const variable of [...dataSources, ...rows.flatMap(({ variables }) => variables)]) {
    distinct.set(JSON.stringify(variable), variable);
  }
  return [...distinct.values()];
}

function addRow(builder: DashboardBuilder, { row, position, panels }: PlacedRow): void {
  builder.withRow(new RowBuilder(row.title).id(panelNumber(row.id)).gridPos({ ...position }));
  for (const { panel, position } of panels)
    builder.withPanel(panelBuilder(panel, { id: panelNumber(row.id, panel.id), position }));
}
