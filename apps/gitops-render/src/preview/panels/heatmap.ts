import type { PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { html } from "../page/html.ts";
import { formatValue } from "../units/format-value.ts";
import { type Drawing, type DrawnPanel, type Line, linesOf, noData, refused } from "./drawing.ts";
import { timeAxis } from "./time-axis.ts";

const strengths = 10;

/** How many events fell into which bucket: the more, the stronger the colour. */
export function drawHeatmap(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const lines = linesOf(panel, drawing, "over time");
  if ("problem" in lines) return refused(lines.problem);
  const buckets = bucketsOf(lines);
  const greatest = Math.max(0, ...buckets.flatMap(({ counts }) => counts));
  if (greatest <= 0) return noData;
  const columns = drawing.moments.length;
  const step = Math.max(1, Math.ceil(buckets.length / 8));
  const labels = buckets.map(({ bound }, index) =>
    index % step === 0 ? html`<span>${formatValue(bound, panel.display.unit)}</span>` : html`<span></span>`,
  );
  const paths = Array.from({ length: strengths }, (_, strength) => pathOf(buckets, greatest, strength));
  return {
    body: html`<div class="heatmap"><div class="bounds">${labels.toReversed()}</div><svg viewBox="0 0 ${columns} ${buckets.length}" preserveAspectRatio="none" role="img" aria-label="${panel.title}">${paths.flatMap(
      (path, strength) =>
        path === "" ? [] : [html`<path d="${path}" fill-opacity="${((strength + 1) / strengths).toFixed(1)}"/>`],
    )}</svg>${timeAxis(drawing)}</div><div class="scale"><span>0</span><span class="ramp"></span><span>${formatValue(greatest, "cps")}</span></div>`,
  };
}

interface Bucket {
  readonly bound: number;
  /** At each moment. */
  readonly counts: readonly number[];
}

/** Prometheus' buckets count what is below their bound: the one before is taken away. */
function bucketsOf(lines: readonly Line[]): readonly Bucket[] {
  const sorted = lines
    .map(({ labels, name, values }) => ({ bound: boundOf(labels["le"] ?? name), values }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  return sorted.map(({ bound, values }, index) => ({
    bound,
    counts: values.map((value, moment) => Math.max(0, (value ?? 0) - (sorted[index - 1]?.values[moment] ?? 0))),
  }));
}

function boundOf(text: string): number {
  return text === "+Inf" ? Number.POSITIVE_INFINITY : Number.parseFloat(text);
}

/** All cells of one strength as one path. The root of the count: what is rare is still seen. */
function pathOf(buckets: readonly Bucket[], greatest: number, strength: number): string {
  return buckets
    .flatMap(({ counts }, row) =>
      counts.flatMap((count, column) => {
        const own = Math.ceil(strengths * Math.sqrt(count / greatest)) - 1;
        return count > 1e-9 && own === strength ? [`M${column} ${buckets.length - 1 - row}h.9v.9h-.9z`] : [];
      }),
    )
    .join("");
}
