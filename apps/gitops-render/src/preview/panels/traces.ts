import { filledQuery } from "@plinth/dashboards";
import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { fractionOf, hexOf, oneOf } from "../data/random.ts";
import { html } from "../page/html.ts";
import { formatValue } from "../units/format-value.ts";
import { type Drawing, type DrawnPanel, noData } from "./drawing.ts";

/** Traces that nobody recorded: of the service and as slow as the query asks for. */
export function drawTraces(panel: PreviewPanel, { data, values }: Drawing): DrawnPanel {
  const [target] = panel.targets;
  const query = filledQuery(target?.query ?? "", values);
  if (target === undefined || query === "") return noData;
  const [, service = "frontend"] = /service\.name\s*=~?\s*["`]([^"`|]+)/.exec(query) ?? [];
  const operations = operationsOf(service, data);
  const slowest = slowestOf(query);
  const rows = Array.from({ length: Math.min(target.limit, 12) }, (_, index) => {
    const whose = `${query} ${index}`;
    return {
      id: hexOf(whose, 32),
      time: data.now - 40 - index * 97 - Math.floor(60 * fractionOf(whose)),
      name: oneOf(operations, whose) ?? "request",
      duration: slowest * (1 + 1.5 * fractionOf(`duration ${whose}`)),
    };
  });
  return {
    body: html`<div class="scrolled"><table><thead><tr>${["Trace ID", "Start time", "Service", "Name", "Duration"].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${rows.map(
      ({ id, time, name, duration }) =>
        html`<tr><td class="id">${id.slice(0, 16)}</td><td>${new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ")}</td><td>${service}</td><td>${name}</td><td class="number">${formatValue(duration, "s")}</td></tr>`,
    )}</tbody></table></div>`,
  };
}

const perSecond: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60 };

/** The duration that a TraceQL query asks for at least, in seconds. */
function slowestOf(query: string): number {
  const [, number = "", unit = ""] = /[dD]uration\s*>=?\s*([\d.]+)(ns|us|µs|ms|s|m)/.exec(query) ?? [];
  return number === "" ? 0.12 : Number(number) * (perSecond[unit] ?? 1);
}

function operationsOf(service: string, data: Drawing["data"]): readonly string[] {
  const text = JSON.stringify(service);
  const answer = data.ask(`group by (span_name) (traces_span_metrics_calls_total{service_name=${text}})`, [data.now]);
  return "problem" in answer ? [] : answer.series.flatMap(({ labels }) => labels["span_name"] ?? []);
}
