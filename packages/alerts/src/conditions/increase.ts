import { parseDuration } from "@plinth/core";
import { greaterThan, increase, sum } from "@plinth/metrics";
import { growing, type Samples, steady } from "../alert/scenario.ts";
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
 * A counter of an object rises by more than a limit within a time. A counter that begins to exist with its first event rises with the second: what is
 * counted here either exists from the start or comes again.
 */
export function increaseAbove<const Label extends string>(
  subject: Subject<Label> & { readonly within: string; readonly limit: number },
): Condition<Label> {
  const { object, within, limit } = subject;
  const labels = labelsOfObject(object);
  const minutes = Math.round((parseDuration(within) ?? 0) / minute);
  // Prometheus extrapolates what it sees between the first and the last sample of the range to the whole range.
  const rises = (by: number): Samples => [steady(3, "10m"), steady(3 + (by * (minutes - 1)) / minutes)];
  const scenarioLimit = limit === 0 ? 1 : limit;
  return {
    labels,
    expr: greaterThan(sum(withNamespace(subject, increase(selected(subject), within)), { by: labels }), limit),
    fires: [
      {
        name: "it rises a little more than it may, once",
        after: "10m",
        until: `${9 + minutes}m`,
        labels: object,
        series: [seriesOf(subject, rises(scenarioLimit * 1.5)), ...unlikeSeries(subject, [steady(0)])],
      },
    ],
    quiet: [
      {
        name: "it rises a little less than it may, whatever others do",
        series: [
          seriesOf(subject, limit === 0 ? [steady(7)] : rises(limit * 0.75)),
          ...unlikeSeries(subject, [growing({ from: 0, perMinute: scenarioLimit * 4 })]),
        ],
      },
    ],
  };
}

/** A counter of an object rises without a break: more than nothing within each five minutes. */
export function keepsRising<const Label extends string>(subject: Subject<Label>): Condition<Label> {
  const { object } = subject;
  const labels = labelsOfObject(object);
  return {
    labels,
    expr: greaterThan(sum(withNamespace(subject, increase(selected(subject), "5m")), { by: labels }), 0),
    fires: [
      {
        name: "it rises for a long time",
        after: "6m",
        until: "129m",
        labels: object,
        series: [
          seriesOf(subject, [steady(0, "5m"), growing({ from: 0, perMinute: 1, lasts: "121m" }), steady(120)]),
          ...unlikeSeries(subject, [steady(0)]),
        ],
      },
    ],
    quiet: [
      {
        name: "it rises for a moment, whatever others do",
        series: [
          seriesOf(subject, [steady(0, "5m"), steady(40)]),
          ...unlikeSeries(subject, [growing({ from: 0, perMinute: 9 })]),
        ],
      },
      { name: "it has risen long ago", series: [seriesOf(subject, [steady(12)])] },
    ],
  };
}
