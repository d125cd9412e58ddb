import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { stateClass } from "../page/colours.ts";
import { type Html, html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, type Line, linesOf, noData, refused } from "./drawing.ts";
import { shownValue } from "./shown-value.ts";
import { timeAxis } from "./time-axis.ts";

/** States over time: a row for each series. */
export function drawStateTimeline(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const lines = linesOf(panel, drawing, "over time");
  if ("problem" in lines) return refused(lines.problem);
  const seen = lines.filter(({ values }) => values.some((value) => value !== undefined));
  if (seen.length === 0) return noData;
  const states = [...panel.display.states.values()];
  return {
    body: html`<div class="timeline"><div class="rows">${seen.map(
      (line) =>
        html`<div class="track-row"><span class="name" title="${line.name}">${line.name}</span><span class="track">${stretchesOf(line).map((stretch) => drawStretch(stretch, line, panel))}</span></div>`,
    )}</div>${timeAxis(drawing)}</div><ul class="legend">${states.map(
      ({ text, colour }) => html`<li><span class="swatch ${stateClass(colour)}"></span>${text}</li>`,
    )}</ul>`,
  };
}

interface Stretch {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Moments of one value after each other are one stretch. */
function stretchesOf({ values }: Line): readonly Stretch[] {
  const found: Stretch[] = [];
  values.forEach((value, index) => {
    if (value === undefined) return;
    const last = found.at(-1);
    if (last !== undefined && last.to === index && last.value === value)
      found[found.length - 1] = { ...last, to: index + 1 };
    else found.push({ value, from: index, to: index + 1 });
  });
  return found;
}

function drawStretch({ value, from, to }: Stretch, { values }: Line, panel: PreviewPanel): Html {
  const { text, colour } = shownValue(value, panel.display);
  const percent = (index: number): string => ((100 * index) / values.length).toFixed(2);
  return html`<span class="stretch ${stateClass(colour)}" style="left:${percent(from)}%;width:${percent(to - from)}%" title="${text}">${to - from > 8 ? text : ""}</span>`;
}
