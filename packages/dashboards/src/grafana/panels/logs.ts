import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options } from "@grafana/grafana-foundation-sdk/logs";
import type { LogsPanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { target } from "../targets.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/logs/module.tsx for what Grafana takes where an option is not said */
export function logsBuilder(panel: LogsPanel, place: PanelPlace): PanelBuilder {
  const options: Plain<Partial<Options>> = {
    // A line's details hold its labels, and the link from its trace id to the trace.
    enableLogDetails: true,
    showLogContextToggle: true,
    showTime: true,
    wrapLogMessage: true,
  };
  return describedPanel("logs", panel, place)
    .targets(panel.queries.map((query) => target(query, { over: "range" })))
    .options(options);
}
