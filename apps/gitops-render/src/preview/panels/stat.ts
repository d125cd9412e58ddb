import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { stateClass } from "../page/colours.ts";
import { html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, linesOf, noData, refused } from "./drawing.ts";
import { newest } from "./newest.ts";
import { shownValue } from "./shown-value.ts";

/** The newest value of each series, large. */
export function drawStat(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const lines = linesOf(panel, drawing, "now");
  if ("problem" in lines) return refused(lines.problem);
  const values = lines.flatMap((line) => newest(line));
  if (values.length === 0) return noData;
  return {
    body: html`<div class="stats">${values.map(({ name, value }) => {
      const { text, colour } = shownValue(value, panel.display);
      return html`<div class="stat">${values.length > 1 ? html`<span class="name">${name}</span>` : undefined}<span class="value ${stateClass(colour)}">${text}</span></div>`;
    })}</div>`,
  };
}
