import { bucketsOf, type Metric } from "@plinth/metrics";
import { growing, type InputSeries, type SampleStretch, series, steady } from "../alert/scenario.ts";

type Labels<Label extends string> = { readonly [Name in Label]?: string };

/** A histogram whose observations all take longer than the limit, and less than twice as long. */
export function slowerThan<Label extends string>(
  limit: number,
  histogram: Metric<string, Label>,
  labels: Labels<Label>,
): readonly InputSeries[] {
  return buckets(limit, histogram, labels, steady(0));
}

/** A histogram whose observations all take less long than the limit, and more than half as long. */
export function fasterThan<Label extends string>(
  limit: number,
  histogram: Metric<string, Label>,
  labels: Labels<Label>,
): readonly InputSeries[] {
  return buckets(limit, histogram, labels, growing({ from: 0, perMinute: 60 }));
}

/** Where a quantile falls is interpolated between the bounds of its bucket. */
function buckets<Label extends string>(
  limit: number,
  histogram: Metric<string, Label>,
  labels: Labels<Label>,
  fast: SampleStretch,
): readonly InputSeries[] {
  const metric = bucketsOf(histogram);
  const all = growing({ from: 0, perMinute: 60 });
  return [
    series<string>(metric, { ...labels, le: `${limit * 0.75}` }, fast),
    series<string>(metric, { ...labels, le: `${limit * 1.5}` }, all),
    series<string>(metric, { ...labels, le: "+Inf" }, all),
  ];
}
