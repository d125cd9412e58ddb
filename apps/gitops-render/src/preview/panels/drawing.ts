import { filledQuery } from "@plinth/dashboards";
import type { SeriesLabels } from "@plinth/metrics/evaluation";
import type { PreviewDashboard, PreviewPanel, PreviewTarget } from "../dashboard/preview-dashboard.ts";
import { seriesName } from "../data/legend.ts";
import { madeUpCounts } from "../data/made-up-logs.ts";
import { madeUpRates } from "../data/made-up-spans.ts";
import type { PreviewData } from "../data/preview-data.ts";
import { type Html, html } from "../page/html.ts";
import type { Plot } from "../page/plot.ts";

/** What a panel is drawn with. */
export interface Drawing {
  readonly dashboard: PreviewDashboard;
  readonly data: PreviewData;
  /** Of the variables. */
  readonly values: ReadonlyMap<string, string>;
  readonly moments: readonly number[];
}

/** The inside of a panel. */
export interface DrawnPanel {
  readonly body: Html;
  /** What the page's script draws. */
  readonly plot?: Plot;
  /** Why there is nothing to see; `undefined` where there is something. */
  readonly empty?: "no data" | "refused" | "unknown kind";
}

/** A series of a panel. */
export interface Line {
  readonly name: string;
  readonly labels: SeriesLabels;
  readonly values: readonly (number | undefined)[];
  readonly target: PreviewTarget;
}

/** The series of all queries of a panel over the time, or now alone; or why one is refused. */
export function linesOf(
  panel: PreviewPanel,
  drawing: Drawing,
  when: "over time" | "now",
): readonly Line[] | { readonly problem: string } {
  const moments = when === "now" ? [drawing.data.now] : drawing.moments;
  const lines: Line[] = [];
  for (const target of panel.targets) {
    const query = filledQuery(target.query, drawing.values);
    if (query === "") continue;
    if (target.source === "loki") {
      lines.push(
        ...madeUpCounts(query, target.legend, moments).map(({ name, labels, values }) => ({
          name,
          labels,
          values,
          target,
        })),
      );
      continue;
    }
    if (target.source === "tempo") {
      const { platform, environment } = drawing.data;
      lines.push(...madeUpRates(query, moments, platform, environment).map((line) => ({ ...line, target })));
      continue;
    }
    if (target.source !== "prometheus") continue;
    const answer = drawing.data.ask(query, moments);
    if ("problem" in answer) return answer;
    const only = panel.targets.length === 1 && answer.series.length === 1;
    for (const { labels, values } of answer.series)
      lines.push({ name: seriesName(target.legend, labels, panel, only), labels, values, target });
  }
  return lines;
}

/** Panels that ask for nothing, or get nothing, say so. */
export const noData: DrawnPanel = { body: html`<p class="nothing">No data</p>`, empty: "no data" };

/** What Grafana shows of a query that the data source does not take. */
export function refused(problem: string): DrawnPanel {
  return { body: html`<p class="nothing problem">The query is refused: ${problem}</p>`, empty: "refused" };
}
