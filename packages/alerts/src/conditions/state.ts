import { equal, max } from "@plinth/metrics";
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

/**
 * An object is in a state: a gauge that is 1 for what holds and 0, or not there, for what does not. With `is: 0`, no series of the object says 1.
 */
export function stateHolds<const Label extends string>(
  subject: Subject<Label> & { readonly is?: 0 | 1 },
): Condition<Label> {
  const { object, is = 1 } = subject;
  const otherwise = 1 - is;
  const labels = labelsOfObject(object);
  return {
    labels,
    expr: equal(max(withNamespace(subject, selected(subject)), { by: labels }), is),
    fires: [
      {
        name: "the state begins and ends",
        after: "5m",
        until: "185m",
        labels: object,
        series: [
          seriesOf(subject, [steady(otherwise, "5m"), steady(is, "180m"), steady(otherwise)]),
          ...unlikeSeries(subject, [steady(otherwise)]),
        ],
      },
    ],
    quiet: [
      {
        name: "it is not in the state, whatever else is",
        series: [seriesOf(subject, [steady(otherwise)]), ...unlikeSeries(subject, [steady(is)])],
      },
    ],
  };
}
