import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { stateClass } from "../page/colours.ts";
import { html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, linesOf, noData, refused } from "./drawing.ts";
import { newest } from "./newest.ts";
import { shownValue } from "./shown-value.ts";

/** The newest value of each series as a bar. */
export function drawBarGauge(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const lines = linesOf(panel, drawing, "now");
  if ("problem" in lines) return refused(lines.problem);
  const values = lines.flatMap((line) => newest(line));
  if (values.length === 0) return noData;
  const numbers = values.map(({ value }) => value).filter(Number.isFinite);
  const min = panel.display.min ?? Math.min(0, ...numbers);
  const max = panel.display.max ?? Math.max(...numbers, min);
  const share = (value: number): string =>
    (max <= min ? 100 : 100 * Math.min(1, Math.max(0, (value - min) / (max - min)))).toFixed(1);
  return {
    body: html`<div class="bars">${values.map(({ name, value }) => {
      const { text, colour } = shownValue(value, panel.display);
      return html`<div class="bar ${stateClass(colour)}"><span class="name" title="${name}">${name}</span><span class="track"><span class="filled" style="width:${share(value)}%"></span></span><span class="value">${text}</span></div>`;
    })}</div>`,
  };
}
