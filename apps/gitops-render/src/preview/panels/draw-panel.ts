import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { html } from "../page/html.ts";
import { drawAlertList } from "./alert-list.ts";
import type { Mark } from "./annotation-marks.ts";
import { drawBarGauge } from "./bar-gauge.ts";
import type { Drawing, DrawnPanel } from "./drawing.ts";
import { drawHeatmap } from "./heatmap.ts";
import { drawLogs } from "./logs.ts";
import { drawNodeGraph } from "./node-graph.ts";
import { drawStat } from "./stat.ts";
import { drawStateTimeline } from "./state-timeline.ts";
import { drawTable, isTraceList } from "./table.ts";
import { drawText } from "./text.ts";
import { drawTimeSeries } from "./time-series.ts";
import { drawTraces } from "./traces.ts";

/** The inside of a panel, by its kind. */
export function drawPanel(panel: PreviewPanel, drawing: Drawing, marks: readonly Mark[]): DrawnPanel {
  switch (panel.type) {
    case "timeseries":
      return drawTimeSeries(panel, drawing, marks);
    case "stat":
    case "gauge":
      return drawStat(panel, drawing);
    case "bargauge":
      return drawBarGauge(panel, drawing);
    case "table":
      return isTraceList(panel) ? drawTraces(panel, drawing) : drawTable(panel, drawing);
    case "heatmap":
      return drawHeatmap(panel, drawing);
    case "state-timeline":
      return drawStateTimeline(panel, drawing);
    case "logs":
      return drawLogs(panel, drawing);
    case "traces":
      return drawTraces(panel, drawing);
    case "nodeGraph":
      return drawNodeGraph(panel, drawing);
    case "alertlist":
      return drawAlertList(panel, drawing);
    case "text":
      return drawText(panel);
    default:
      return {
        body: html`<p class="nothing">A preview does not draw panels of the kind ${panel.type}.</p>`,
        empty: "unknown kind",
      };
  }
}
