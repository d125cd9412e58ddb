import { and, bucketsOf, countOf, formatDecimal, greaterThan, histogramQuantile, rate, sum } from "@plinth/metrics";
import { growing, type InputSeries } from "../alert/scenario.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { type Condition, labelsOfObject, type Subject, selected, seriesOf, withNamespace } from "./condition.ts";

/** A quantile of a histogram is greater than a limit, in the histogram's unit, where there is enough to tell. */
export function quantileAbove<const Label extends string>(
  subject: Subject<Label> & {
    /** Between 0 and 1. */
    readonly quantile: number;
    readonly limit: number;
    /** Fewer observations per second say nothing. */
    readonly least: number;
  },
): Condition<Label> {
  const { object, metric, quantile, limit, least } = subject;
  const labels = labelsOfObject(object);
  const buckets = { ...subject, metric: bucketsOf(metric) };
  const counts = { ...subject, metric: countOf(metric) };
  /** Observations between half and one and a half of `around`. */
  const observed = (perMinute: number, around: number): readonly InputSeries[] => {
    const of = (rise: number, le: number | "+Inf", change: LabelSet): InputSeries => ({
      ...seriesOf(buckets, [growing({ from: 0, perMinute: rise })], change),
      labels: {
        ...seriesOf(buckets, [], change).labels,
        le: le === "+Inf" ? le : formatDecimal(le),
      },
    });
    const all = (rise: number, middle: number, change: LabelSet): readonly InputSeries[] => [
      of(0, middle * 0.5, change),
      of(rise, middle * 1.5, change),
      of(rise, "+Inf", change),
      seriesOf(counts, [growing({ from: 0, perMinute: rise })], change),
    ];
    return [
      ...all(perMinute, around, {}),
      ...(subject.unlike ?? []).flatMap((change) => all(900 * perMinute, limit * 2, change)),
    ];
  };
  return {
    labels,
    expr: and(
      greaterThan(
        histogramQuantile(
          quantile,
          sum(withNamespace(subject, rate(selected(buckets), "5m")), { by: [...labels, "le"] }),
        ),
        limit,
      ),
      greaterThan(sum(withNamespace(subject, rate(selected(counts), "5m")), { by: labels }), least),
    ),
    fires: [
      {
        name: "it is a little slower than it may be",
        after: "1m",
        labels: object,
        series: observed(600 * least, limit),
      },
      {
        name: "the few that there are take too long",
        // The window needs four minutes to hold enough.
        after: "4m",
        labels: object,
        series: observed(90 * least, limit),
      },
    ],
    quiet: [
      { name: "it is a little faster than it must be", series: observed(600 * least, limit * 0.6) },
      { name: "there is too little to tell", series: observed(45 * least, limit) },
    ],
  };
}
