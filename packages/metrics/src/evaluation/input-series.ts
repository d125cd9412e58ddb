import { parseDuration } from "@plinth/core";
import { promql } from "../promql/promql.ts";
import { nameLabel, type SeriesLabels } from "./labels.ts";
import { parseSamples } from "./notation.ts";
import { SampleStore } from "./sample-store.ts";

/**
 * Series by their names and labels, with samples as `promtool test rules` writes them: `{ 'up{job="a"}': "1x60 0x60" }`. The first sample is of the time 0.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 */
export type PromtoolSeries = Readonly<Record<string, string>>;

/** A storage with these series, and how long they last: up to their last item, in milliseconds. */
export function storeOf(
  series: PromtoolSeries,
  interval: number,
): { readonly store: SampleStore; readonly lasts: number } {
  const store = new SampleStore();
  const lengths = Object.entries(series).map(([name, notation]) => {
    const samples = parseSamples(notation);
    store.load(seriesLabels(name), samples, interval);
    return samples.length;
  });
  return { store, lasts: Math.max(0, ...lengths.map((length) => length - 1)) * interval };
}

/**
 * The labels of a series as it is written: `up{job="a"}`.
 *
 * @throws TypeError when the text is no series.
 */
export function seriesLabels(text: string): SeriesLabels {
  const selector = promql(text);
  const plain =
    selector.kind === "selector" &&
    selector.offset === undefined &&
    selector.at === undefined &&
    selector.matchers.every(({ operator }) => operator === "=");
  if (!plain) throw new TypeError(`${JSON.stringify(text)} is no series. Expected for example 'up{job="a"}'.`);
  return {
    ...(selector.series === "" ? {} : { [nameLabel]: selector.series }),
    ...Object.fromEntries(selector.matchers.map(({ label, value }) => [label, value])),
  };
}

/**
 * Milliseconds of a duration that an option gives.
 *
 * @throws TypeError when it is none.
 */
export function durationOption(option: string, text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new TypeError(`${option} is ${JSON.stringify(text)}. Expected a Prometheus duration such as "1m".`);
}
