import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { FieldConfig, Options } from "@grafana/grafana-foundation-sdk/timeseries";
import type { TimeseriesPanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { target } from "../targets.ts";
import { thresholdsBuilder } from "../thresholds.ts";
import { describedValues, type PanelPlace } from "./panel-builder.ts";

/**
 * Grafana shows the legend below, as a list, and gives each series a colour of its palette.
 *
 * @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/timeseries/config.ts for what Grafana takes where an option is not said
 */
export function timeseriesBuilder(panel: TimeseriesPanel, place: PanelPlace): PanelBuilder {
  const options: Plain<Pick<Options, "tooltip">> = { tooltip: { mode: "multi", sort: "desc" } };
  const custom: Plain<Partial<FieldConfig>> = {
    fillOpacity: panel.stacked ? 30 : 10,
    showPoints: "never",
    ...(panel.stacked ? { stacking: { mode: "normal" } } : {}),
    ...(panel.thresholds === undefined ? {} : { thresholdsStyle: { mode: "dashed" } }),
  };
  const builder = describedValues("timeseries", panel, place)
    .targets(panel.queries.map((query) => target(query, { over: "range" })))
    .options(options)
    .custom(custom);
  return panel.thresholds === undefined ? builder : builder.thresholds(thresholdsBuilder(panel.thresholds));
}
