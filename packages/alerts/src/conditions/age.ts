import { greaterThan, lessThan, max, subtract, time } from "@plinth/metrics";
import { steady } from "../alert/scenario.ts";
import { type Condition, labelsOfObject, type Subject, selected, seriesOf, withNamespace } from "./condition.ts";

/** A moment that a gauge names is more than some seconds back. A gauge that is 0 names none. */
export function furtherBackThan<const Label extends string>(
  subject: Subject<Label> & { readonly seconds: number },
): Condition<Label> {
  const { object, seconds } = subject;
  const labels = labelsOfObject(object);
  // promtool's clock starts at 0.
  const minutes = Math.floor(seconds / 60) + 2;
  return {
    labels,
    expr: lessThan(
      subtract(greaterThan(max(withNamespace(subject, selected(subject)), { by: labels }), 0), time()),
      -seconds,
    ),
    fires: [
      { name: "it was too long ago", after: `${minutes}m`, labels: object, series: [seriesOf(subject, [steady(60)])] },
    ],
    quiet: [
      { name: "it has just been", series: [seriesOf(subject, [{ value: 1, perMinute: 60 }])] },
      { name: "it never was", series: [seriesOf(subject, [steady(0)])] },
      { name: "it will be", series: [seriesOf(subject, [steady(seconds * 10)])] },
    ],
  };
}
