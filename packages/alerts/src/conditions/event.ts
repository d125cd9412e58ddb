import { parseDuration } from "@plinth/core";
import { ago, greaterThan, increase, or, select, sum, unless } from "@plinth/metrics";
import { growing, missing, steady } from "../alert/scenario.ts";
import {
  type Condition,
  labelsOfObject,
  type Subject,
  selected,
  seriesOf,
  unlikeSeries,
  withNamespace,
} from "./condition.ts";

const minute = 60_000;

/**
 * Something has happened within a time: a counter has risen, or has begun to exist. Most counters with labels begin with their first event, which
 * `increase` alone does not see.
 */
export function hasHappened<const Label extends string>(
  subject: Subject<Label> & { readonly within: string },
): Condition<Label> {
  const { object, metric, within } = subject;
  const labels = labelsOfObject(object);
  const minutes = Math.round((parseDuration(within) ?? 0) / minute);
  const first = unless(selected(subject), ago(select(metric), within));
  return {
    labels,
    expr: or(
      greaterThan(sum(withNamespace(subject, increase(selected(subject), within)), { by: labels }), 0),
      greaterThan(sum(withNamespace(subject, first), { by: labels }), 0),
    ),
    fires: [
      {
        name: "it happens for the first time",
        after: "10m",
        until: `${10 + minutes}m`,
        labels: object,
        series: [seriesOf(subject, [missing("10m"), steady(1)])],
      },
      {
        name: "it happens again",
        after: `${minutes + 20}m`,
        until: `${2 * minutes + 19}m`,
        labels: object,
        series: [seriesOf(subject, [steady(3, `${minutes + 20}m`), steady(4)])],
      },
    ],
    quiet: [
      ...(subject.unlike === undefined
        ? []
        : [{ name: "only other things happen", series: unlikeSeries(subject, [growing({ from: 1, perMinute: 4 })]) }]),
      { name: "nothing has ever happened", series: [seriesOf(subject, [missing()])] },
    ],
  };
}
