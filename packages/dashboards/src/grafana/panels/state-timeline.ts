import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { FieldColorBuilder, FieldColorModeId } from "@grafana/grafana-foundation-sdk/dashboard";
import type { FieldConfig } from "@grafana/grafana-foundation-sdk/statetimeline";
import type { StateTimelinePanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { target } from "../targets.ts";
import { thresholdsBuilder } from "../thresholds.ts";
import { valueMappings } from "../value-mappings.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/state-timeline/module.tsx for what Grafana takes where an option is not said */
export function stateTimelineBuilder(panel: StateTimelinePanel, place: PanelPlace): PanelBuilder {
  const custom: Plain<Partial<FieldConfig>> = { fillOpacity: 80 };
  return (
    describedPanel("state-timeline", panel, place)
      .unit(panel.unit)
      .targets(panel.queries.map((query) => target(query, { over: "range" })))
      .custom(custom)
      .mappings(valueMappings(panel.states))
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      // What no state names has the colour of the text.
      .thresholds(thresholdsBuilder(undefined))
  );
}
