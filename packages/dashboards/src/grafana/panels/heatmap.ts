import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { HeatmapTooltip, Options } from "@grafana/grafana-foundation-sdk/heatmap";
import type { HeatmapPanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { target } from "../targets.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/**
 * The buckets are Prometheus' own: Grafana counts nothing, and leaves a cell empty that nothing fell into.
 *
 * @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/heatmap/module.tsx for what Grafana takes where an option is not said
 */
export function heatmapBuilder(panel: HeatmapPanel, place: PanelPlace): PanelBuilder {
  const { unit, min, max, decimals } = panel;
  const options: Plain<Partial<Omit<Options, "tooltip">> & { tooltip: Partial<HeatmapTooltip> }> = {
    // `le` is the upper end of a bucket.
    rowsFrame: { layout: "le" },
    showValue: "never",
    tooltip: { showColorScale: true, yHistogram: true },
    yAxis: {
      unit,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(decimals === undefined ? {} : { decimals }),
    },
  };
  return describedPanel("heatmap", panel, place)
    .unit(unit)
    .targets(panel.queries.map((query) => target(query, { over: "range", format: "heatmap" })))
    .options(options);
}
