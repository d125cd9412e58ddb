import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options } from "@grafana/grafana-foundation-sdk/nodegraph";
import type { ServiceMapPanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { serviceMapTarget, target } from "../targets.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

export function serviceMapBuilder(panel: ServiceMapPanel, place: PanelPlace): PanelBuilder {
  // The wheel scrolls the page; with Ctrl it zooms.
  const options: Plain<Options> = { edges: {}, nodes: {}, zoomMode: "cooperative" };
  return describedPanel("nodeGraph", panel, place)
    .targets(
      panel.queries.map((query) =>
        query.source === "tempo" ? serviceMapTarget(query, panel.selectors) : target(query, { over: "range" }),
      ),
    )
    .options(options);
}
