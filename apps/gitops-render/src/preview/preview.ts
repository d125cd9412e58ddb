import type { Environment, Platform, Resource } from "@plinth/core";
import { dashboardsIn } from "@plinth/dashboards";
import type { Metric } from "@plinth/metrics";
import type { PreviewDashboard } from "./dashboard/preview-dashboard.ts";
import { readDashboard } from "./dashboard/read-dashboard.ts";
import { previewData } from "./data/preview-data.ts";
import { type ChartAssets, dashboardPage } from "./page/dashboard-page.ts";
import { indexPage } from "./page/index-page.ts";

/** A file of a preview. */
export interface PreviewFile {
  readonly path: string;
  readonly text: string;
}

/** A dashboard and its page. */
export interface PreviewedDashboard {
  readonly dashboard: PreviewDashboard;
  readonly path: string;
  readonly panels: number;
  /** Titles of panels that show nothing. */
  readonly empty: readonly string[];
  /** Titles of panels whose queries are refused, or whose kind a preview does not draw. */
  readonly refused: readonly string[];
}

export interface Preview {
  readonly files: readonly PreviewFile[];
  readonly dashboards: readonly PreviewedDashboard[];
}

export interface PreviewOptions {
  readonly platform: Platform;
  readonly environment: Environment;
  /** The objects of the environment: its rules are evaluated. */
  readonly resources: readonly Resource[];
  readonly dashboards: readonly PreviewDashboard[];
  readonly assets: ChartAssets;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Metrics that dashboards ask for beside those of the catalogue. @default none */
  readonly metrics?: readonly Metric[];
}

/** Noon of a Tuesday in June, when there is much to do: a preview that looks at the clock is another one each time. */
export const previewMoment: number = Date.UTC(2026, 5, 16, 12) / 1000;

/** The dashboards that objects bring to Grafana, each uid once. */
export function previewDashboards(resources: readonly Resource[]): readonly PreviewDashboard[] {
  const found = resources.flatMap(dashboardsIn).map(({ text, folder }) => readDashboard(JSON.parse(text), folder));
  return [...new Map(found.map((dashboard) => [dashboard.uid, dashboard])).values()];
}

/** Pages that show dashboards with data that nobody measured, and a list of them. The same input gives the same bytes. */
export function preview({ dashboards, assets, ...about }: PreviewOptions): Preview {
  const data = previewData({ ...about, dashboards });
  const addresses = new Map(dashboards.map(({ uid }) => [uid, `${pageName(uid)}.html`]));
  const drawn = dashboards.map((dashboard) => ({
    dashboard,
    path: addresses.get(dashboard.uid) ?? "",
    ...dashboardPage(dashboard, data, assets, addresses),
  }));
  const listed = drawn.map(({ dashboard, path, panels, empty }) => ({
    dashboard,
    address: path,
    panels,
    empty: empty.length,
  }));
  return {
    files: [
      { path: "index.html", text: indexPage(about.environment, listed) },
      ...drawn.map(({ path, text }) => ({ path, text })),
    ],
    dashboards: drawn.map(({ dashboard, path, panels, empty }) => ({
      dashboard,
      path,
      panels,
      empty: empty.filter(({ because }) => because === "no data").map(({ panel }) => panel.title),
      refused: empty.filter(({ because }) => because !== "no data").map(({ panel }) => panel.title),
    })),
  };
}

/** A uid as a file name: that of the list is taken. */
function pageName(uid: string): string {
  const name = uid.replaceAll(/[^\w-]/g, "_") || "dashboard";
  return name === "index" ? "index-dashboard" : name;
}
