import { greaterThan, lessThan, max, min } from "@plinth/metrics";
import { steady } from "../alert/scenario.ts";
import {
  type Condition,
  labelsOfObject,
  type Subject,
  selected,
  seriesOf,
  unlikeSeries,
  withNamespace,
} from "./condition.ts";

/** A gauge of an object is greater than a limit. */
export function levelAbove<const Label extends string>(
  subject: Subject<Label> & { readonly limit: number },
): Condition<Label> {
  const { object, limit } = subject;
  const labels = labelsOfObject(object);
  // Of 0, one is more.
  const [more, less] = limit === 0 ? [1, 0] : [limit * 1.25, limit];
  return {
    labels,
    expr: greaterThan(max(withNamespace(subject, selected(subject)), { by: labels }), limit),
    fires: [
      {
        name: "it rises a little above the limit",
        after: "5m",
        until: "185m",
        labels: object,
        series: [
          seriesOf(subject, [steady(less, "5m"), steady(more, "180m"), steady(less)]),
          ...unlikeSeries(subject, [steady(0)]),
        ],
      },
    ],
    quiet: [
      {
        name: "it is as high as it may be, whatever others are",
        series: [seriesOf(subject, [steady(less)]), ...unlikeSeries(subject, [steady(more * 4)])],
      },
    ],
  };
}

/** A gauge of an object is less than a limit. */
export function levelBelow<const Label extends string>(
  subject: Subject<Label> & { readonly limit: number },
): Condition<Label> {
  const { object, limit } = subject;
  const labels = labelsOfObject(object);
  const less = limit * 0.75;
  return {
    labels,
    expr: lessThan(min(withNamespace(subject, selected(subject)), { by: labels }), limit),
    fires: [
      {
        name: "it falls a little below the limit",
        after: "5m",
        until: "185m",
        labels: object,
        series: [
          seriesOf(subject, [steady(limit, "5m"), steady(less, "180m"), steady(limit)]),
          ...unlikeSeries(subject, [steady(limit * 4)]),
        ],
      },
    ],
    quiet: [
      {
        name: "it is as low as it may be, whatever others are",
        series: [seriesOf(subject, [steady(limit)]), ...unlikeSeries(subject, [steady(less / 4)])],
      },
    ],
  };
}
