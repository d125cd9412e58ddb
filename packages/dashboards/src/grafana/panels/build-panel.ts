import type { Panel as GrafanaPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Panel } from "../../model/dashboard.ts";
import { alertListBuilder } from "./alert-list.ts";
import { barGaugeBuilder } from "./bar-gauge.ts";
import { heatmapBuilder } from "./heatmap.ts";
import { logsBuilder } from "./logs.ts";
import type { PanelPlace } from "./panel-builder.ts";
import { serviceMapBuilder } from "./service-map.ts";
import { statBuilder } from "./stat.ts";
import { stateTimelineBuilder } from "./state-timeline.ts";
import { tableBuilder } from "./table.ts";
import { textBuilder } from "./text.ts";
import { timeseriesBuilder } from "./timeseries.ts";
import { tracesBuilder } from "./traces.ts";

/** Anything that builds a panel. */
export interface BuildsPanel {
  build(): GrafanaPanel;
}

export function panelBuilder(panel: Panel, place: PanelPlace): BuildsPanel {
  switch (panel.kind) {
    case "timeseries":
      return timeseriesBuilder(panel, place);
    case "stat":
      return statBuilder(panel, place);
    case "bar-gauge":
      return barGaugeBuilder(panel, place);
    case "table":
      return tableBuilder(panel, place);
    case "heatmap":
      return heatmapBuilder(panel, place);
    case "state-timeline":
      return stateTimelineBuilder(panel, place);
    case "logs":
      return logsBuilder(panel, place);
    case "traces":
      return tracesBuilder(panel, place);
    case "service-map":
      return serviceMapBuilder(panel, place);
    case "alert-list":
      return alertListBuilder(panel, place);
    case "text":
      return textBuilder(panel, place);
  }
}
