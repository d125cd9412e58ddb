import type { Selector } from "../promql/expression.ts";
import { labelPattern } from "../promql/re2.ts";
import { type LabelSet, nameLabel, noLabels, type SeriesLabels } from "./labels.ts";
import type { SeriesSample } from "./notation.ts";
import type { SampleSource } from "./sample-source.ts";
import { wholePattern } from "./whole-pattern.ts";

/** A series with what is known of it, in order of time. Times are milliseconds. */
export interface StoredSeries {
  readonly labels: LabelSet;
  readonly times: number[];
  readonly values: number[];
  /** When it ended: no sample older than the end is seen after it. */
  readonly ends: number[];
}

/** Samples of one series, as far as a range has them: those from `first` up to before `end`. */
export interface SampleWindow {
  readonly labels: LabelSet;
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly first: number;
  readonly end: number;
}

/** What Prometheus' storage is in a test: series, and what rules have recorded. Nothing is seen before it has happened. */
export class SampleStore implements SampleSource {
  readonly none: LabelSet = noLabels();
  readonly #series = new Map<LabelSet, StoredSeries>();
  readonly #byName = new Map<string, StoredSeries[]>();
  readonly #selected = new WeakMap<Selector, { readonly series: readonly StoredSeries[]; readonly of: number }>();
  /** The time that it is, in milliseconds. */
  now: number = Number.POSITIVE_INFINITY;

  /** Samples of a series, one each interval. */
  load(labels: SeriesLabels, samples: readonly SeriesSample[], interval: number): void {
    const series = this.#seriesOf(this.none.with(labels));
    samples.forEach((sample, index) => {
      if (sample === "stale") series.ends.push(index * interval);
      else if (sample !== undefined) {
        series.times.push(index * interval);
        series.values.push(sample);
      }
    });
  }

  /** Keeps a sample; the first one of a moment stays. */
  append(labels: LabelSet, time: number, value: number): void {
    const { times, values } = this.#seriesOf(labels);
    if ((times.at(-1) ?? Number.NEGATIVE_INFINITY) >= time) return;
    times.push(time);
    values.push(value);
  }

  /** Ends a series, unless it has a sample of that moment. */
  end(labels: LabelSet, time: number): void {
    const { times, ends } = this.#seriesOf(labels);
    if ((times.at(-1) ?? Number.NEGATIVE_INFINITY) < time) ends.push(time);
  }

  /** The series that a selector means. */
  select(selector: Selector): readonly StoredSeries[] {
    const known = this.#selected.get(selector);
    if (known !== undefined && known.of === this.#series.size) return known.series;
    const named = selector.series === "" ? [...this.#series.values()] : (this.#byName.get(selector.series) ?? []);
    const series = named.filter(({ labels }) =>
      selector.matchers.every(({ label, operator, value }) => matchesLabel(operator, value, labels.get(label))),
    );
    this.#selected.set(selector, { series, of: this.#series.size });
    return series;
  }

  /** All series with this name. */
  named(name: string): readonly StoredSeries[] {
    return this.#byName.get(name) ?? [];
  }

  #seriesOf(labels: LabelSet): StoredSeries {
    const known = this.#series.get(labels);
    if (known !== undefined) return known;
    const series: StoredSeries = { labels, times: [], values: [], ends: [] };
    this.#series.set(labels, series);
    const name = labels.get(nameLabel);
    const namesakes = this.#byName.get(name);
    if (namesakes === undefined) this.#byName.set(name, [series]);
    else namesakes.push(series);
    return series;
  }
}

/** How many of the times are not after this one. */
export function countUntil(times: readonly number[], time: number): number {
  // Rules are evaluated at the newest time, most of the time.
  if (times.length === 0 || (times.at(-1) ?? 0) <= time) return times.length;
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a label with this value is one that a matcher means. */
export function matchesLabel(operator: string, expected: string, value: string): boolean {
  switch (operator) {
    case "=":
      return value === expected;
    case "!=":
      return value !== expected;
    default: {
      const matched = labelPattern(expected).matches(value) ?? wholePattern(expected).test(value);
      return matched === (operator === "=~");
    }
  }
}
