import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { fractionOf } from "../data/random.ts";
import { cssColour, paletteColour } from "../page/colours.ts";
import { type Html, html } from "../page/html.ts";
import { drawnNumber, type Plot } from "../page/plot.ts";
import type { Mark } from "./annotation-marks.ts";
import { type Drawing, type DrawnPanel, type Line, linesOf, noData, refused } from "./drawing.ts";

// Beyond so many a picture shows no more: Grafana draws them, and nobody can tell them apart.
const mostLines = 60;

/** Lines over time. */
export function drawTimeSeries(panel: PreviewPanel, drawing: Drawing, marks: readonly Mark[]): DrawnPanel {
  const lines = linesOf(panel, drawing, "over time");
  if ("problem" in lines) return refused(lines.problem);
  const seen = lines.filter(({ values }) => values.some((value) => value !== undefined && Number.isFinite(value)));
  if (seen.length === 0) return noData;
  const drawn = seen.slice(0, mostLines);
  const { display, lines: style } = panel;
  const [from = 0, second = 0] = drawing.moments;
  const plot: Plot = {
    time: [from, second - from, drawing.moments.length],
    unit: display.unit,
    ...(display.decimals === undefined ? {} : { decimals: display.decimals }),
    ...(display.min === undefined ? {} : { min: display.min }),
    ...(display.max === undefined ? {} : { max: display.max }),
    stacked: style.stacked,
    fill: style.fill,
    width: style.width,
    lines: drawn.map(({ name, values }, index) => ({
      name,
      colour: paletteColour(index),
      values: values.map(drawnNumber),
    })),
    thresholds: style.thresholdsDrawn
      ? display.thresholds
          .filter(({ value }) => Number.isFinite(value))
          .map(({ value, colour }) => ({ value, colour: cssColour(colour) }))
      : [],
    marks: marks.map(({ time, colour, text }) => ({ time, colour: cssColour(colour), text })),
    exemplars: panel.targets.some(({ exemplars }) => exemplars) ? exemplarsOf(drawn, drawing) : [],
  };
  return { body: html`<div class="plot"></div>${style.legendShown ? legend(drawn, seen.length) : undefined}`, plot };
}

function legend(lines: readonly Line[], all: number): Html {
  const more = all - lines.length;
  return html`<ul class="legend">${lines.map(
    ({ name }, index) =>
      html`<li><svg class="swatch" width="14" height="4" aria-hidden="true"><rect width="14" height="4" rx="1" fill="${paletteColour(index)}"/></svg>${name}</li>`,
  )}${more > 0 ? html`<li>and ${more} more</li>` : undefined}</ul>`;
}

/** Traces that nobody recorded, where a few of the many would be. */
function exemplarsOf(lines: readonly Line[], { moments }: Drawing): Plot["exemplars"] {
  const [first] = lines;
  if (first === undefined) return [];
  return moments.flatMap((time, index) => {
    const value = first.values[index];
    const chance = fractionOf(`exemplar ${first.name} ${index}`);
    if (value === undefined || !Number.isFinite(value) || chance > 0.12) return [];
    return [{ time, value: Number((value * (0.6 + 8 * chance)).toPrecision(3)) }];
  });
}
