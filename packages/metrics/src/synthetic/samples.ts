import type { Metric } from "../catalogue/metric.ts";
import { boundsOf, printBound } from "./buckets.ts";
import type { Facts } from "./facts.ts";
import { counterRate, gaugeLevel, isSteady, medianOf } from "./magnitudes.ts";
import { keyOf, type Row } from "./row.ts";
import { type Standing, stateValue, troubleOf } from "./states.ts";
import type { SyntheticSeries } from "./synthetic-series.ts";
import { timestampValue } from "./timestamps.ts";
import { waveAt, waveSum } from "./waves.ts";

/** A row of labels of a metric, and what its samples depend on. */
export interface MeasuredRow {
  readonly row: Row;
  readonly standing: Standing;
  /** Every combination of values that the metric has for one thing. */
  readonly variants: readonly Row[];
  /** When the series begins. */
  readonly since: number;
  readonly now: number;
  readonly facts: Facts;
  /** Whether everything fails now and then. */
  readonly everywhere: boolean;
}

const day = 86_400;
// Longer than the month over which promises are kept.
const DAYS_BEFORE = 35;

/** The series of a metric with these labels: one, or all of a histogram or summary. */
export function partsOfMetric(metric: Metric, measured: MeasuredRow): readonly SyntheticSeries[] {
  const { row, since } = measured;
  const one = (valueAt: (time: number) => number): readonly SyntheticSeries[] => [
    series(metric.name, row, since, valueAt),
  ];
  switch (metric.type) {
    case "histogram":
    case "summary":
      return histogram(metric, measured);
    case "counter":
      return one(counter(metric, measured));
    case "gauge":
      return one(gauge(metric, measured));
  }
}

function series(name: string, labels: Row, since: number, valueAt: (time: number) => number): SyntheticSeries {
  return { name, labels, valueAt: (time) => (time < since ? undefined : valueAt(time)) };
}

// In a world where everything fails, it does so more often than anybody looks.
const often = 0.05;

function counter(metric: Metric, measured: MeasuredRow): (time: number) => number {
  const { row, since, now, facts, standing, everywhere } = measured;
  // A container in trouble is one that starts again and again.
  const troubled = troubleOf(standing) > 0 && metric.name.includes("restarts") ? 3 : 1;
  const usualRate = counterRate(metric, row, facts) * troubled;
  const rate = everywhere && metric.unit === "count" ? Math.max(often, usualRate) : usualRate;
  const whose = `${metric.name} ${keyOf(row)}`;
  // What is new has happened once, at least; what is old has begun weeks ago.
  const isNew = Number.isFinite(since);
  const sum = waveSum(whose, isNew ? since : weeksBefore(now));
  const first = isNew ? 1 : 0;
  return metric.unit === "count"
    ? (time) => first + Math.floor(Math.max(0, sum(time)) * rate)
    : (time) => first + Math.max(0, sum(time)) * rate;
}

function gauge(metric: Metric, { row, now, facts, standing, variants }: MeasuredRow): (time: number) => number {
  switch (metric.unit) {
    case "info":
      return () => 1;
    case "timestamp":
      return timestampValue(metric.name, keyOf(row), now);
    case "boolean": {
      const value = stateValue(metric.name, row, standing, variants);
      return () => value;
    }
    default: {
      if (metric.name === "certmanager_clock_time_seconds_gauge") return (time) => time;
      const level = gaugeLevel(metric, row, facts);
      if (isSteady(metric, level)) return () => level;
      const wave = waveAt(`${metric.name} ${keyOf(row)}`);
      return (time) => level * wave(time);
    }
  }
}

/** Times are spread as those of requests are: most near the median, a few far above it. */
function histogram(metric: Metric, measured: MeasuredRow): readonly SyntheticSeries[] {
  const { row, since, now, facts, everywhere } = measured;
  const rate = Math.max(everywhere ? often : 0, counterRate(metric, row, facts));
  const events = waveSum(`${metric.name} ${keyOf(row)}`, Number.isFinite(since) ? since : weeksBefore(now));
  const median = medianOf(metric, row);
  const counted = (time: number, share: number): number => Math.floor(Math.max(0, events(time)) * rate * share);
  const bounds = [...boundsOf(metric, facts.platform), Number.POSITIVE_INFINITY];
  return [
    ...bounds.map((bound) => {
      const share = shareBelow(bound, median);
      return series(`${metric.name}_bucket`, { ...row, le: printBound(bound) }, since, (time) => counted(time, share));
    }),
    series(`${metric.name}_count`, row, since, (time) => counted(time, 1)),
    // The mean of a log-normal distribution: median · e^(σ²/2).
    series(`${metric.name}_sum`, row, since, (time) => counted(time, 1) * median * Math.exp(spread ** 2 / 2)),
  ];
}

const spread = 0.8;

/** The share of a log-normal distribution below a bound. */
function shareBelow(bound: number, median: number): number {
  if (bound === Number.POSITIVE_INFINITY) return 1;
  // The logistic curve is near enough to the normal one: 1.702 makes them differ by less than 0.01.
  return 1 / (1 + Math.exp((-1.702 * Math.log(bound / median)) / spread));
}

/** The same beginning for all that is looked at in a day, so that counters do not depend on the minute. */
function weeksBefore(now: number): number {
  return Math.floor(now / day) * day - DAYS_BEFORE * day;
}
