import type { Plot } from "../page/plot.ts";
import type { FormatValue } from "../units/format-value.ts";
import type { Chart, ChartLibrary, Element, Window } from "./page-types.ts";

/**
 * Draws every time series of the page, again when its size or the colour scheme changes. Its text is a part of the page: it uses nothing but what it is given.
 *
 * @see https://github.com/leeoniya/uPlot/tree/master/docs
 */
export function drawPlots(
  page: Window,
  plots: Readonly<Record<string, Plot>>,
  ChartOf: ChartLibrary,
  formatValue: FormatValue,
): void {
  const { document } = page;
  const colourOf = (name: string): string =>
    page.getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#888888";

  /** Each line above those before it. */
  const stacked = (lines: Plot["lines"]): (number | null)[][] => {
    const sums: number[] = [];
    return lines.map(({ values }) =>
      values.map((value, index) => {
        if (value !== null) sums[index] = (sums[index] ?? 0) + value;
        return value === null ? null : (sums[index] ?? null);
      }),
    );
  };

  // The marks of an axis are round numbers of what is printed.
  const isBinary = (unit: string): boolean => ["bytes", "binBps", "bits", "binbps", "kbytes", "mbytes"].includes(unit);

  const lonely = (values: readonly (number | null)[]): number[] =>
    values.flatMap((value, index) =>
      value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null ? [index] : [],
    );

  const drawExtras = (chart: Chart, plot: Plot): void => {
    const { ctx, bbox } = chart;
    const right = bbox.left + bbox.width;
    const bottom = bbox.top + bbox.height;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const line = (colour: string, dash: readonly number[], from: readonly number[], to: readonly number[]): void => {
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(from[0] ?? 0, from[1] ?? 0);
      ctx.lineTo(to[0] ?? 0, to[1] ?? 0);
      ctx.stroke();
    };
    ctx.lineWidth = 1.5;
    for (const { value, colour } of plot.thresholds) {
      const y = chart.valToPos(value, "y", true);
      if (y >= bbox.top && y <= bottom)
        line(colour === "text" ? colourOf("--text") : colour, [8, 6], [bbox.left, y], [right, y]);
    }
    ctx.lineWidth = 1;
    for (const { time, colour } of plot.marks) {
      const x = chart.valToPos(time, "x", true);
      line(colour, [4, 3], [x, bbox.top], [x, bottom]);
      ctx.fillStyle = colour;
      ctx.beginPath();
      ctx.moveTo(x - 5, bottom);
      ctx.lineTo(x + 5, bottom);
      ctx.lineTo(x, bottom - 7);
      ctx.fill();
    }
    ctx.fillStyle = colourOf("--exemplar");
    for (const { time, value } of plot.exemplars) {
      const x = chart.valToPos(time, "x", true);
      const y = Math.max(bbox.top + 4, chart.valToPos(value, "y", true));
      ctx.beginPath();
      ctx.moveTo(x, y - 4);
      ctx.lineTo(x + 4, y);
      ctx.lineTo(x, y + 4);
      ctx.lineTo(x - 4, y);
      ctx.fill();
    }
    ctx.restore();
  };

  const timeText = (time: number, long: boolean): string => {
    const text = new Date(time * 1000).toISOString();
    return long ? text.slice(0, 19).replace("T", " ") : text.slice(11, 16);
  };

  const showTooltip = (chart: Chart, plot: Plot, times: readonly number[], tooltip: Element): void => {
    const { idx, left = -1, top = -1 } = chart.cursor;
    const time = idx === null || idx === undefined ? undefined : times[idx];
    // The cross stands in every picture, the numbers where the pointer is.
    const here = time !== undefined && left >= 0 && chart.over.matches(":hover");
    tooltip.style["display"] = here ? "block" : "none";
    if (!here || idx === null || idx === undefined) return;
    const step = plot.time[1];
    const rows = plot.lines
      .map(({ name, colour, values }) => ({ name, colour, value: values[idx] ?? null }))
      .filter(({ value }) => value !== null)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
      .slice(0, 12)
      .map(({ name, colour, value }) => ({
        colour,
        text: `${name}: ${formatValue(value ?? 0, plot.unit, plot.decimals)}`,
      }));
    const marks = plot.marks
      .filter((mark) => Math.abs(mark.time - time) <= step)
      .map(({ colour, text }) => ({ colour, text }));
    tooltip.replaceChildren();
    const head = document.createElement("b");
    head.textContent = timeText(time, true);
    tooltip.append(head);
    for (const { colour, text } of [...rows, ...marks]) {
      const row = document.createElement("span");
      row.textContent = text;
      row.style["borderLeft"] = `4px solid ${colour}`;
      tooltip.append(row);
    }
    const flip = left > chart.over.clientWidth / 2;
    tooltip.style["left"] = flip ? "auto" : `${left + 16}px`;
    tooltip.style["right"] = flip ? `${chart.over.clientWidth - left + 16}px` : "auto";
    tooltip.style["top"] = `${Math.max(0, Math.min(top, chart.over.clientHeight - 60))}px`;
  };

  const rangeOf = (plot: Plot, least: number | null, greatest: number | null): readonly [number, number] => {
    const low = plot.min ?? least ?? 0;
    let high = plot.max ?? greatest ?? 1;
    if (high <= low) high = low + (low === 0 ? 1 : Math.abs(low) * 0.1);
    const room = (high - low) * 0.08;
    return [plot.min === undefined && low !== 0 ? low - room : low, plot.max === undefined ? high + room : high];
  };

  const draw = (id: string, plot: Plot): (() => void) | undefined => {
    const place = document.getElementById(`panel-${id}`)?.querySelector(".plot") ?? null;
    if (place === null) return undefined;
    const [from, step, count] = plot.time;
    const times = Array.from({ length: count }, (_, index) => from + index * step);
    const days = step * count > 172_800;
    const drawnValues = plot.stacked ? stacked(plot.lines) : plot.lines.map((line) => [...line.values]);
    const tooltip = document.createElement("div");
    tooltip.className = "tooltip";
    const axis = {
      stroke: colourOf("--quiet"),
      grid: { stroke: colourOf("--grid"), width: 1 },
      ticks: { show: false },
    };
    const alpha = Math.round(plot.fill * 2.55)
      .toString(16)
      .padStart(2, "0");
    const options = {
      width: Math.max(80, place.clientWidth),
      height: Math.max(60, place.clientHeight),
      legend: { show: false },
      padding: [8, 18, 0, 0],
      cursor: { points: { size: 6 }, drag: { x: false, y: false }, sync: { key: "dashboard" } },
      tzDate: (time: number) => ChartOf.tzDate(new Date(time * 1000), "Etc/UTC"),
      scales: {
        x: { time: true },
        y: {
          range: (_: Chart, least: number | null, greatest: number | null) => rangeOf(plot, least, greatest),
        },
      },
      series: [
        {},
        ...plot.lines.map(({ name, colour, values }) => ({
          label: name,
          stroke: colour,
          width: plot.width,
          ...(plot.fill > 0 ? { fill: `${colour}${alpha}` } : {}),
          // A value between two that are missing is no line: a dot shows it.
          points: { show: true, size: 7, fill: colour, filter: () => lonely(values) },
        })),
      ],
      ...(plot.stacked ? { bands: plot.lines.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) } : {}),
      axes: [
        {
          ...axis,
          size: 24,
          font: "11px Inter, Helvetica, Arial, sans-serif",
          space: 70,
          values: (_: Chart, ticks: readonly number[]) =>
            ticks.map((time) => (days ? timeText(time, true).slice(5, 10) : timeText(time, false))),
        },
        {
          ...axis,
          font: "11px Inter, Helvetica, Arial, sans-serif",
          space: 30,
          ...(isBinary(plot.unit) ? { incrs: Array.from({ length: 60 }, (_, power) => 2 ** power) } : {}),
          size: (_: Chart, texts: readonly string[] | null) =>
            16 + 6.2 * Math.max(3, ...(texts ?? []).map((text) => text.length)),
          values: (_: Chart, ticks: readonly number[]) =>
            ticks.map((value) => formatValue(value, plot.unit, plot.decimals)),
        },
      ],
      hooks: {
        draw: [(chart: Chart) => drawExtras(chart, plot)],
        setCursor: [(chart: Chart) => showTooltip(chart, plot, times, tooltip)],
      },
    };
    const chart = new ChartOf(options, [times, ...drawnValues], place);
    chart.over.append(tooltip);
    new page.ResizeObserver(() => {
      if (place.clientWidth > 0)
        chart.setSize({ width: Math.max(80, place.clientWidth), height: Math.max(60, place.clientHeight) });
    }).observe(place);
    return () => {
      chart.destroy();
      place.replaceChildren();
    };
  };

  let drawn: readonly ((() => void) | undefined)[] = [];
  const drawAll = (): void => {
    for (const remove of drawn) remove?.();
    drawn = Object.entries(plots).map(([id, plot]) => draw(id, plot));
  };
  drawAll();
  page.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
}
