import { filledQuery } from "@plinth/dashboards";
import { drawPlots } from "../browser/draw-plots.ts";
import type { PreviewDashboard, PreviewLink, PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { type ChosenValues, chosenValues } from "../data/chosen-values.ts";
import { momentsOf, type PreviewData } from "../data/preview-data.ts";
import { annotationMarks } from "../panels/annotation-marks.ts";
import { drawPanel } from "../panels/draw-panel.ts";
import type { DrawnPanel } from "../panels/drawing.ts";
import { valueFormatter } from "../units/format-value.ts";
import { type Html, html, jsonText, trusted } from "./html.ts";
import { page } from "./page.ts";
import type { Plot } from "./plot.ts";

/** uPlot, as text. */
export interface ChartAssets {
  readonly script: string;
  readonly style: string;
  readonly licence: string;
}

/** The page of a dashboard, and which panels show nothing. */
export interface DashboardPage {
  readonly text: string;
  readonly panels: number;
  readonly empty: readonly { readonly panel: PreviewPanel; readonly because: NonNullable<DrawnPanel["empty"]> }[];
}

/** Addresses of the pages of a preview, by the uid of their dashboards. */
export type PageAddresses = ReadonlyMap<string, string>;

/** A dashboard as Grafana would show it. */
export function dashboardPage(
  dashboard: PreviewDashboard,
  data: PreviewData,
  assets: ChartAssets,
  addresses: PageAddresses,
): DashboardPage {
  const moments = momentsOf(dashboard.range, data.now);
  const chosen = chosenValues(dashboard, data, dashboard.range / (moments.length - 1));
  const drawing = { dashboard, data, values: chosen.values, moments };
  const marks = annotationMarks(drawing);
  const linkTo = (link: PreviewLink): Html => drawLink(link, chosen.values, addresses);
  const plots: Record<string, Plot> = {};
  const empty: { panel: PreviewPanel; because: NonNullable<DrawnPanel["empty"]> }[] = [];
  const drawn = dashboard.panels.map((panel) => {
    if (panel.type === "row") return drawRow(panel, chosen.values);
    const inside = drawPanel(panel, drawing, marks);
    if (inside.plot !== undefined) plots[panel.id] = inside.plot;
    if (inside.empty !== undefined) empty.push({ panel, because: inside.empty });
    return drawFrame(panel, inside.body, chosen.values, linkTo);
  });
  const body = html`<header class="top">${heading(dashboard, data, chosen, linkTo)}</header>
<main class="grid">
${drawn}</main>
<script type="application/json" id="plots">${jsonText(plots)}</script>`;
  const text = page({
    title: `${dashboard.title} (preview)`,
    body,
    styles: assets.style,
    scripts: Object.keys(plots).length === 0 ? [] : [`/*\n${assets.licence.trim()}\n*/\n${assets.script}`, start],
  });
  return { text, panels: dashboard.panels.filter(({ type }) => type !== "row").length, empty };
}

const start = `(${drawPlots})(window,JSON.parse(document.getElementById("plots").textContent),uPlot,(${valueFormatter})())`;

function heading(
  { title, description, folder, tags, links, rangeText, annotations }: PreviewDashboard,
  { environment, now }: PreviewData,
  { shown }: ChosenValues,
  linkTo: (link: PreviewLink) => Html,
): Html {
  const until = new Date(now * 1000).toISOString().slice(0, 16).replace("T", " ");
  return html`<span class="crumbs"><a href="index.html">Dashboards</a> › ${folder} › </span><h1>${title}</h1>
<p class="about">${description}</p>
<ul class="strip">${shown.map(({ variable, text }) => html`<li class="chip" title="${variable.description}"><b>${variable.label}</b><span>${text}</span></li>`)}<li class="chip"><b>Environment</b><span>${environment.name}</span></li><li class="chip"><b>Last</b><span>${rangeText}, to ${until} UTC</span></li>${annotations.map(
    ({ name }) => html`<li class="tag">◆ ${name}</li>`,
  )}${links.map((link) => html`<li>${linkTo(link)}</li>`)}${tags.map((tag) => html`<li class="tag">${tag}</li>`)}<li class="made-up">Preview: every number is made up</li></ul>`;
}

function drawRow(panel: PreviewPanel, values: ChosenValues["values"]): Html {
  return html`<h2 class="row" id="panel-${panel.id}" style="${placeOf(panel)}">${filledQuery(panel.title, values)}</h2>
`;
}

function drawFrame(
  panel: PreviewPanel,
  body: Html,
  values: ChosenValues["values"],
  linkTo: (link: PreviewLink) => Html,
): Html {
  const { id, title, description, links, type } = panel;
  const info =
    description === ""
      ? undefined
      : html`<button type="button" class="info" aria-label="About this panel" aria-describedby="about-${id}">i</button><div class="tip" role="tooltip" id="about-${id}">${filledQuery(description, values)}</div>`;
  return html`<section class="panel" id="panel-${id}" data-type="${type}" style="${placeOf(panel)}" aria-labelledby="title-${id}"><header><h3 id="title-${id}">${filledQuery(title, values)}</h3>${info}${links.length === 0 ? undefined : html`<span class="links">${links.map(linkTo)}</span>`}</header><div class="body">${body}</div></section>
`;
}

function placeOf({ place: { x, y, w, h } }: PreviewPanel): Html {
  return trusted(`--x:${x};--y:${y};--w:${w};--h:${h}`);
}

/** A link to another dashboard of the preview leads to its page; one to somewhere else is a text, unless it leads to the web. */
function drawLink(
  { title, url, description }: PreviewLink,
  values: ChosenValues["values"],
  addresses: PageAddresses,
): Html {
  const [, uid = ""] = /^\/d\/([\w-]+)/.exec(filledQuery(url, values)) ?? [];
  const page = addresses.get(uid) ?? (/^https?:\/\//.test(url) ? filledQuery(url, values) : undefined);
  return page === undefined
    ? html`<span class="quiet" title="${description}">${title}</span>`
    : html`<a href="${page}" title="${description}" rel="noreferrer">${title}</a>`;
}
