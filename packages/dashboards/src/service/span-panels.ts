import { spanMetrics } from "@plinth/metrics";
import type { Panel, UrlLink } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { heatmap } from "../model/panel-heatmap.ts";
import { query } from "../model/query.ts";
import type { Thresholds } from "../model/thresholds.ts";
import type { Unit } from "../model/units.ts";
import { type PromisedLatency, thresholdsOfLatency, usualLatency } from "./promise-thresholds.ts";
import { type SpanSelection, spanBuckets, spanErrorRatio, spanQuantile, spanRate } from "./span-queries.ts";

/** The words of the panels about spans: a request is not called what a message is. */
export interface SpanWording {
  /** `Requests`: what is counted. */
  readonly things: string;
  /** `request`: one of them. */
  readonly thing: string;
  /** `operation`: what tells them apart. */
  readonly name: string;
  /** `Request errors`: those that failed. */
  readonly errors: string;
  /** What the time of one is called: `Latency`. */
  readonly duration: string;
  readonly unit: Unit;
}

export interface SpanPanelOptions {
  readonly failedTraces: UrlLink;
  readonly slowTraces: UrlLink;
  /** Which shares of errors are good, 0 to 1. */
  readonly errorThresholds?: Thresholds | undefined;
  /** What is promised of how long it takes. @default the 95th percentile, without a limit */
  readonly latency?: PromisedLatency;
}

/** The median and the usual tails, and what is promised beside them. */
function quantilesOf(promised: PromisedLatency): readonly PromisedLatency[] {
  const drawn = [
    { quantile: 0.5, percent: 50, name: "p50" },
    usualLatency,
    { quantile: 0.99, percent: 99, name: "p99" },
  ];
  return drawn.some(({ quantile }) => quantile === promised.quantile) ? drawn : [...drawn, promised];
}

/** Rate, errors and duration of all spans of a selection together. */
export function totalPanels(spans: SpanSelection, words: SpanWording, options: SpanPanelOptions): Panel[] {
  const { things, thing, errors, unit, duration } = words;
  const { latency = usualLatency } = options;
  return [
    timeseries(things, spanRate(spans), {
      id: "rate",
      unit,
      min: 0,
      legend: things.toLowerCase(),
      description: `${things} per second, failed ones included. A sudden drop is an outage as much as errors are.`,
    }),
    timeseries(errors, spanErrorRatio(spans), {
      id: "errors",
      unit: "percentunit",
      min: 0,
      legend: "errors",
      ...thresholdsOf(options.errorThresholds),
      links: [options.failedTraces],
      description: `Share of ${things.toLowerCase()} whose span ended in an error. The panel's menu leads to their traces.`,
    }),
    timeseries(
      duration,
      quantilesOf(latency).map(({ name, quantile }) =>
        // Exemplars are those of the histogram: one query fetches them for all.
        query(refId(name), spanQuantile(quantile, spans), { legend: name, exemplars: name === usualLatency.name }),
      ),
      {
        id: "duration",
        unit: "s",
        min: 0,
        ...thresholdsOf(thresholdsOfLatency(latency)),
        links: [options.slowTraces],
        description: `How long a ${thing} takes: 50, 95 and 99 of 100 are faster than the line.${latency.below === undefined ? "" : ` ${latency.name} is promised to stay below the threshold.`} Each dot is the trace of one ${thing}: click it.`,
      },
    ),
  ];
}

/** How the durations are spread, each dot a trace: two bands are two kinds of work, one that rises is all of them. */
export function spreadPanel(spans: SpanSelection, { thing, duration }: SpanWording): Panel {
  return heatmap(`${duration}, spread`, spanBuckets(spans), {
    id: "duration-spread",
    unit: "s",
    description: `How many of them took how long: the more, the stronger the colour. A second band above the first is one kind of ${thing}, or one dependency, that got slow; each dot is a trace: click one of the highest.`,
  });
}

/** Rate, errors and promised percentile for each span name: which of them is it? */
export function panelsByName(spans: SpanSelection, words: SpanWording, options: SpanPanelOptions): Panel[] {
  const { things, thing, name, errors, unit, duration } = words;
  const { latency = usualLatency } = options;
  const by = [spanMetrics.labels.span];
  const legend = `{{${spanMetrics.labels.span}}}`;
  return [
    timeseries(`${things} by ${name}`, spanRate(spans, by), {
      id: "rate-by-name",
      unit,
      min: 0,
      legend,
      stacked: true,
      description: `${things} per second for each ${name}.`,
    }),
    timeseries(`${errors} by ${name}`, spanErrorRatio(spans, by), {
      id: "errors-by-name",
      unit: "percentunit",
      min: 0,
      legend,
      ...thresholdsOf(options.errorThresholds),
      links: [options.failedTraces],
      description: `Share of ${things.toLowerCase()} that failed, for each ${name}. One line that rises alone points to the cause.`,
    }),
    timeseries(
      `${duration} by ${name}, ${latency.name}`,
      [query(refId(latency.name), spanQuantile(latency.quantile, spans, by), { legend, exemplars: true })],
      {
        id: "duration-by-name",
        unit: "s",
        min: 0,
        ...thresholdsOf(thresholdsOfLatency(latency)),
        links: [options.slowTraces],
        description: `${latency.percent} of 100 are faster than the line, for each ${name}. Each dot is the trace of one ${thing}.`,
      },
    ),
  ];
}

/** Panels side by side, as wide as all of them leave room. */
export function sideBySide(panels: readonly Panel[]): readonly Panel[] {
  return panels.map((panel) => ({ ...panel, width: Math.floor(24 / panels.length) }));
}

/** A refId is a name: `p99.9` is none. */
export function refId(name: string): string {
  return name.replaceAll(".", "_");
}

export function thresholdsOf(thresholds: Thresholds | undefined): { thresholds?: Thresholds } {
  return thresholds === undefined ? {} : { thresholds };
}
