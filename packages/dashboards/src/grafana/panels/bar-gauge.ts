import type { Options } from "@grafana/grafana-foundation-sdk/bargauge";
import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { FieldColorBuilder, FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import type { BarGaugePanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { target } from "../targets.ts";
import { thresholdsBuilder } from "../thresholds.ts";
import { describedValues, type PanelPlace } from "./panel-builder.ts";

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/bargauge/module.tsx for what Grafana takes where an option is not said */
export function barGaugeBuilder(panel: BarGaugePanel, place: PanelPlace): PanelBuilder {
  const options: Plain<Partial<Options>> = {
    displayMode: "basic",
    namePlacement: "left",
    orientation: "horizontal",
    valueMode: "text",
  };
  return describedValues("bargauge", panel, place)
    .targets(panel.queries.map((query) => target(query, { over: "instant" })))
    .options(options)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(thresholdsBuilder(panel.thresholds));
}
