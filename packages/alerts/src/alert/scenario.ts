import type { Metric } from "@plinth/metrics";
import type { LabelSet } from "../labels/label-set.ts";

/** Samples of a series, one a minute, in stretches that follow one another. */
export type Samples = readonly SampleStretch[];

export interface SampleStretch {
  /** The first sample's value; none means that there are no samples. */
  readonly value?: number;
  /** What each further minute adds. @default 0 */
  readonly perMinute?: number;
  /** How long it lasts: a Prometheus duration of whole minutes. The last stretch lasts as long as it is looked at. */
  readonly lasts?: string;
}

/** A series and its samples. */
export interface InputSeries {
  /** Its name: `up`. */
  readonly series: string;
  readonly labels: LabelSet;
  readonly samples: Samples;
}

/** A situation on which an alert stays quiet. */
export interface Scenario {
  /** What happens, in a few words: it goes on from "when". */
  readonly name: string;
  readonly series: readonly InputSeries[];
}

/** A situation on which an alert fires. */
export interface FiringScenario extends Scenario {
  /** When the expression begins to hold, after the first sample. @default at once */
  readonly after?: string;
  /** When it ceases to hold, after the first sample. @default never */
  readonly until?: string;
  /** The labels of the alert that the expression gives. */
  readonly labels: LabelSet;
  /** The expression's value at the end of `for`, where summary or description name it. */
  readonly value?: number;
}

/**
 * A series with its samples.
 *
 * @example
 * import { metric } from "@plinth/metrics";
 * series(metric("up"), { job: "kubelet" }, steady(1, "10m"), steady(0));
 */
export function series<Label extends string>(
  metric: Metric<string, Label>,
  labels: { readonly [Name in Label]?: string },
  ...samples: Samples
): InputSeries {
  const given: readonly (readonly [string, string | undefined])[] = Object.entries(labels);
  return {
    series: metric.name,
    labels: Object.fromEntries(given.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]))),
    samples,
  };
}

/** The same value each minute. */
export function steady(value: number, lasts?: string): SampleStretch {
  return { value, ...(lasts === undefined ? {} : { lasts }) };
}

/** A value that changes by the same amount each minute: a counter, or a gauge that falls. */
export function growing(options: {
  readonly from: number;
  readonly perMinute: number;
  readonly lasts?: string;
}): SampleStretch {
  return {
    value: options.from,
    perMinute: options.perMinute,
    ...(options.lasts === undefined ? {} : { lasts: options.lasts }),
  };
}

/** No samples: the exporter is gone. */
export function missing(lasts?: string): SampleStretch {
  return lasts === undefined ? {} : { lasts };
}
