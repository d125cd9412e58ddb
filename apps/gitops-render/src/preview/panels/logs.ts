import { filledQuery } from "@plinth/dashboards";
import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { madeUpLines } from "../data/made-up-logs.ts";
import { html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, noData } from "./drawing.ts";

/** Lines that nobody logged, about the service that the query selects. */
export function drawLogs(panel: PreviewPanel, { data, values }: Drawing): DrawnPanel {
  const queries = panel.targets.map(({ query }) => filledQuery(query, values)).filter((query) => query !== "");
  if (queries.length === 0) return noData;
  const lines = queries.flatMap((query) => madeUpLines(query, data.now)).toSorted((a, b) => b.time - a.time);
  return {
    body: html`<ol class="log-lines">${lines.map(
      ({ time, level, text, trace }) =>
        html`<li class="level-${level}"><time>${new Date(time * 1000).toISOString().slice(11, 23)}</time> <b>${level}</b> ${text} <span class="quiet">trace_id=${trace}</span></li>`,
    )}</ol>`,
  };
}
