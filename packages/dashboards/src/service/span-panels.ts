import { spanMetrics } from "@plinth/metrics";
import type { Panel, UrlLink } from "../model/dashboard.ts";
import { query, timeseries } from "../model/panel.ts";
import type { Thresholds } from "../model/thresholds.ts";
import type { Unit } from "../model/units.ts";
import { type SpanSelection, spanErrorRatio, spanQuantile, spanRate } from "./span-queries.ts";

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
  /** Which durations are good, in seconds. */
  readonly latencyThresholds?: Thresholds | undefined;
}

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/** Rate, errors and duration of all spans of a selection together. */
export function totalPanels(spans: SpanSelection, words: SpanWording, options: SpanPanelOptions): Panel[] {
  const { things, thing, errors, unit, duration } = words;
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
      Object.entries(quantiles).map(([name, quantile]) =>
        // Exemplars are those of the histogram: one query fetches them for all.
        query(name, spanQuantile(quantile, spans), { exemplars: name === "p95" }),
      ),
      {
        id: "duration",
        unit: "s",
        min: 0,
        ...thresholdsOf(options.latencyThresholds),
        links: [options.slowTraces],
        description: `How long a ${thing} takes: 50, 95 and 99 of 100 are faster than the line. Each dot is the trace of one ${thing}.`,
      },
    ),
  ];
}

/** Rate, errors and 95th percentile for each span name: which of them is it? */
export function panelsByName(spans: SpanSelection, words: SpanWording, options: SpanPanelOptions): Panel[] {
  const { things, thing, name, errors, unit, duration } = words;
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
      `${duration} by ${name}, p95`,
      [query("p95", spanQuantile(0.95, spans, by), { legend, exemplars: true })],
      {
        id: "duration-by-name",
        unit: "s",
        min: 0,
        ...thresholdsOf(options.latencyThresholds),
        links: [options.slowTraces],
        description: `95 of 100 are faster than the line, for each ${name}. Each dot is the trace of one ${thing}.`,
      },
    ),
  ];
}

function thresholdsOf(thresholds: Thresholds | undefined): { thresholds?: Thresholds } {
  return thresholds === undefined ? {} : { thresholds };
}
