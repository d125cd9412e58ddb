import { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { GridPosition } from "../../layout/place-panels.ts";
import type { DataSourceType, Panel, TimeseriesPanel } from "../../model/dashboard.ts";
import { dataSourceReference } from "../data-source.ts";
import { panelLinkBuilder } from "../links.ts";

/** Where a panel stands, and its number. */
export interface PanelPlace {
  readonly id: number;
  readonly position: GridPosition;
}

/** What Grafana calls a kind of panel. A builder is used once: it hands out its own object, not a copy. */
export function describedPanel(type: string, panel: Panel, { id, position }: PanelPlace): PanelBuilder {
  const builder = new PanelBuilder()
    .type(type)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .gridPos({ ...position });
  const source = sourceOf(panel);
  if (source !== undefined) builder.datasource(source);
  if (panel.links.length > 0) builder.links(panel.links.map(panelLinkBuilder));
  return builder;
}

/** The same, and how its numbers are printed. */
export function describedValues(
  type: string,
  panel: Panel & Pick<TimeseriesPanel, "unit" | "min" | "max" | "decimals">,
  place: PanelPlace,
): PanelBuilder {
  const builder = describedPanel(type, panel, place).unit(panel.unit);
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  return builder;
}

/** What a panel asks: one data source, or Grafana's own word for several. */
function sourceOf({ queries }: Panel): { type: string; uid: string } | undefined {
  const sources = new Set<DataSourceType>(queries.map(({ source }) => source));
  const [first] = sources;
  if (first === undefined) return undefined;
  return sources.size === 1 ? dataSourceReference(first) : { type: "datasource", uid: "-- Mixed --" };
}
