import type { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options } from "@grafana/grafana-foundation-sdk/text";
import type { TextPanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { describedPanel, type PanelPlace } from "./panel-builder.ts";

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/text/module.tsx: words are Markdown where nothing is said */
export function textBuilder(panel: TextPanel, place: PanelPlace): PanelBuilder {
  const options: Plain<Partial<Options>> = {
    content: panel.markdown,
  };
  return describedPanel("text", panel, place).options(options);
}
