import { environmentNamed, type Platform, type Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import type { PreviewDashboard } from "./dashboard/preview-dashboard.ts";
import { readDashboard } from "./dashboard/read-dashboard.ts";
import { type Preview, preview, previewMoment } from "./preview.ts";

const prometheus = { type: "prometheus", uid: "x" };

/** A panel's JSON that counts targets. */
export function panelJson(
  id: number,
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    id,
    type: "timeseries",
    title: `Panel ${id}`,
    gridPos: { x: 0, y: 8 * id, w: 12, h: 8 },
    datasource: prometheus,
    targets: [
      { refId: "A", expr: "sum by (service_name) (traces_span_metrics_calls_total)", legendFormat: "{{service_name}}" },
    ],
    ...changes,
  };
}

/** A dashboard of some panels. */
export function dashboardOf(
  panels: readonly unknown[],
  changes: Readonly<Record<string, unknown>> = {},
): PreviewDashboard {
  return readDashboard({ uid: "example", title: "Example", time: { from: "now-1h" }, panels, ...changes }, "team");
}

/** The preview of dashboards for the example platform, with a chart library that draws nothing. */
export function previewOf(dashboards: readonly PreviewDashboard[], resources: readonly Resource[] = []): Preview {
  const platform: Platform = examplePlatform();
  return preview({
    platform,
    environment: environmentNamed(platform, "production"),
    resources,
    dashboards,
    assets: { script: "var uPlot;", style: "", licence: "MIT" },
    now: previewMoment,
  });
}

/** The page of one dashboard. */
export function pageOf(dashboard: PreviewDashboard, resources: readonly Resource[] = []): string {
  return previewOf([dashboard], resources).files.find(({ path }) => path === "example.html")?.text ?? "";
}
