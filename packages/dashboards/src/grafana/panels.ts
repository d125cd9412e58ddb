import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Panel as GrafanaPanel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, QueryEditorMode } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { GridPosition } from "../layout/place-panels.ts";
import type { Panel, Query, StatPanel, TimeseriesPanel } from "../model/dashboard.ts";
import { dataSourceReference } from "./data-source.ts";
import { panelLinkBuilder } from "./links.ts";
import { thresholdsBuilder } from "./thresholds.ts";

/** Anything that builds a panel. A builder is used once: it hands out its own object, not a copy. */
export interface PanelBuilder {
  build(): GrafanaPanel;
}

export function panelBuilder(panel: Panel, id: number, position: GridPosition): PanelBuilder {
  switch (panel.kind) {
    case "timeseries":
      return timeseriesBuilder(panel, id, position);
    case "stat":
      return statBuilder(panel, id, position);
  }
}

function timeseriesBuilder(panel: TimeseriesPanel, id: number, position: GridPosition): PanelBuilder {
  const builder = described(new TimeseriesBuilder(), panel, id, position)
    .targets(panel.queries.map((query) => rangeQuery(query)))
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .lineWidth(1)
    .fillOpacity(panel.stacked ? 30 : 10)
    .showPoints(VisibilityMode.Never);
  if (panel.stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
  if (panel.thresholds !== undefined)
    builder
      .thresholds(thresholdsBuilder(panel.thresholds))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return builder;
}

function statBuilder(panel: StatPanel, id: number, position: GridPosition): PanelBuilder {
  return described(new StatBuilder(), panel, id, position)
    .targets(panel.queries.map((query) => instantQuery(query)))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(thresholdsBuilder(panel.thresholds))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false));
}

/** What the builders of all kinds of panel have in common. */
function described<Builder extends TimeseriesBuilder | StatBuilder>(
  builder: Builder,
  panel: Panel,
  id: number,
  position: GridPosition,
): Builder {
  builder
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .datasource(dataSourceReference("prometheus"))
    .gridPos({ ...position })
    .unit(panel.unit);
  if (panel.links.length > 0) builder.links(panel.links.map(panelLinkBuilder));
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  return builder;
}

function prometheusQuery({ name, expr, legend }: Query): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(name)
    .datasource(dataSourceReference("prometheus"))
    .editorMode(QueryEditorMode.Code)
    .expr(expr)
    .legendFormat(legend);
}

function rangeQuery(query: Query): DataqueryBuilder {
  return prometheusQuery(query).range().exemplar(query.exemplars);
}

function instantQuery(query: Query): DataqueryBuilder {
  return prometheusQuery(query).instant().exemplar(false);
}
