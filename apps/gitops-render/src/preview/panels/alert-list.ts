import { filledQuery } from "@plinth/dashboards";
import type { SeriesLabels } from "@plinth/metrics/evaluation";
import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, refused } from "./drawing.ts";

const importance = ["critical", "high", "warning", "info"];

/** Alerts that the rules make of the series: those that fire first, then those that are about to. */
export function drawAlertList(panel: PreviewPanel, { data, values }: Drawing): DrawnPanel {
  const answer = data.ask(`ALERTS${filledQuery(panel.alertMatchers, values) || "{}"}`, [data.now]);
  if ("problem" in answer) return refused(answer.problem);
  const alerts = answer.series
    .map(({ labels }) => labels)
    .filter(({ alertname = "" }) => alertname !== "Watchdog")
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  // Grafana says the same words where nothing fires: that is no lack of data.
  if (alerts.length === 0) return { body: html`<p class="nothing quiet-list">No alerts matching filters</p>` };
  return {
    body: html`<ul class="alerts">${alerts.slice(0, 50).map((labels) => {
      const { alertname = "", alertstate = "", severity = "", __name__: _, ...rest } = labels;
      const said = Object.entries(rest).map(([label, value]) => `${label}=${value}`);
      const summary = data.ruleOfAlert(labels)?.annotations["summary"] ?? "";
      return html`<li class="${alertstate}"><span class="state">${alertstate}</span><b>${alertname}</b> <span class="quiet">${severity}</span><span class="said">${filledSummary(summary, labels)}</span><span class="quiet said">${said.join(", ")}</span></li>`;
    })}</ul>`,
  };
}

function rankOf({ alertstate, severity = "" }: SeriesLabels): number {
  const place = importance.indexOf(severity);
  return (alertstate === "firing" ? 0 : 10) + (place === -1 ? importance.length : place);
}

/** `{{ $labels.name }}` filled in; what else a template says is left out. */
function filledSummary(text: string, labels: SeriesLabels): string {
  return text
    .replaceAll(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, label: string) => labels[label] ?? "")
    .replaceAll(/\{\{.*?\}\}/gs, "…");
}
