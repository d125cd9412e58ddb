import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { TracesPanel } from "../../model/dashboard.ts";
import { target } from "../targets.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/** The answer of a search is a table whose units and links Tempo's data source itself sets; Grafana's panel named traces draws a single trace. */
export function tracesBuilder(panel: TracesPanel, place: PanelPlace): PanelBuilder {
  return describedPanel("table", panel, place).targets(panel.queries.map((query) => target(query, { over: "range" })));
}
