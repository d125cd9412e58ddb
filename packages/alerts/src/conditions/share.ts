import { and, divide, greaterThan, type Matchers, type Metric, type Operand, rate, select, sum } from "@plinth/metrics";
import { growing, type InputSeries } from "../alert/scenario.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { type Condition, labelsOfObject, type Subject, seriesOf, withNamespace } from "./condition.ts";

/** One side of a share. */
export interface Counted {
  readonly metric: Metric;
  /** Which series count. @default all */
  readonly where?: Matchers<string>;
  /** Labels of a series that counts, beside those of the object. */
  readonly sample?: LabelSet;
}

/** A share of something, among enough to tell. */
export interface ShareOptions<Label extends string> {
  readonly part: Counted;
  /** Counts what `part` counts, too. Where both are one metric, `sample` is a series that is not a part. */
  readonly whole: Counted;
  readonly object: Readonly<Record<Label, string>>;
  readonly namespaceFrom?: string;
  /** Between 0 and 1. */
  readonly limit: number;
  /** Fewer of the whole per second say nothing. */
  readonly least: number;
  /** How series of both differ that do not count. */
  readonly unlike?: readonly LabelSet[];
}

/** Of what happens, a larger share than a limit has gone wrong over the last five minutes. */
export function shareAbove<const Label extends string>(options: ShareOptions<Label>): Condition<Label> {
  const { part, whole, object, limit, least } = options;
  const labels = labelsOfObject(object);
  const perSecond = (side: Counted): Operand =>
    sum(withNamespace(subjectOf(options, side), rate(select(side.metric, side.where ?? {}), "5m")), { by: labels });
  const traffic = (perMinute: number, wrong: number): readonly InputSeries[] => {
    const rest = part.metric.name === whole.metric.name ? perMinute - wrong : perMinute;
    return [
      seriesOf(subjectOf(options, part), [growing({ from: 0, perMinute: wrong })]),
      seriesOf(subjectOf(options, whole), [growing({ from: 0, perMinute: rest })]),
      ...(options.unlike ?? []).flatMap((change) => [
        seriesOf(subjectOf(options, part), [growing({ from: 0, perMinute: 90 * perMinute })], change),
        seriesOf(subjectOf(options, whole), [growing({ from: 0, perMinute: 990 * perMinute })], change),
      ]),
    ];
  };
  const much = 600 * least;
  const tooMuch = Math.min(limit * 1.2, (1 + limit) / 2);
  return {
    labels,
    expr: and(greaterThan(divide(perSecond(part), perSecond(whole)), limit), greaterThan(perSecond(whole), least)),
    fires: [
      {
        name: "a little more than the limit goes wrong",
        after: "1m",
        labels: object,
        value: tooMuch,
        series: traffic(much, much * tooMuch),
      },
      {
        name: "all of little goes wrong",
        // The window needs four minutes to hold enough.
        after: "4m",
        labels: object,
        value: 1,
        series: traffic(90 * least, 90 * least),
      },
    ],
    quiet: [
      { name: "a little less than the limit goes wrong", series: traffic(much, much * limit * 0.8) },
      { name: "there is too little to tell", series: traffic(45 * least, 45 * least) },
    ],
  };
}

function subjectOf<Label extends string>(
  { object, namespaceFrom }: { readonly object: Readonly<Record<Label, string>>; readonly namespaceFrom?: string },
  side: Counted,
): Subject<Label> {
  return { ...side, object, ...(namespaceFrom === undefined ? {} : { namespaceFrom }) };
}
