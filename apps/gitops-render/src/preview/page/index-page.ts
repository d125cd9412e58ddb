import type { Environment } from "@plinth/core";
import type { PreviewDashboard } from "../dashboard/preview-dashboard.ts";
import { html } from "./html.ts";
import { page } from "./page.ts";

/** A dashboard in the list of all. */
export interface ListedDashboard {
  readonly dashboard: PreviewDashboard;
  readonly address: string;
  readonly panels: number;
  readonly empty: number;
}

/** The list of all dashboards of a preview, by their folders. */
export function indexPage(environment: Environment, listed: readonly ListedDashboard[]): string {
  const folders = Map.groupBy(listed, ({ dashboard }) => dashboard.folder);
  const names = [...folders.keys()].sort();
  return page({
    title: `Dashboards of ${environment.name} (preview)`,
    body: html`<header class="top"><h1>Dashboards of ${environment.name}</h1>
<ul class="strip"><li>${listed.length} dashboards, ${listed.reduce((sum, { panels }) => sum + panels, 0)} panels</li><li class="made-up">Preview: every number is made up</li></ul></header>
<main class="dashboards">${names.map(
      (name) =>
        html`<section><h2>${name}</h2><table><thead><tr><th scope="col">Dashboard</th><th scope="col">About</th><th scope="col">Panels</th><th scope="col">No data</th></tr></thead><tbody>${(
          folders.get(name) ?? []
        ).map(
          ({ dashboard, address, panels, empty }) =>
            html`<tr><td><a href="${address}">${dashboard.title}</a></td><td>${dashboard.description}</td><td>${panels}</td><td>${empty === 0 ? "" : empty}</td></tr>`,
        )}</tbody></table></section>`,
    )}</main>`,
  });
}
