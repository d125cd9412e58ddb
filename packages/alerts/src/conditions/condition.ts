import {
  type Expression,
  labelReplace,
  type Matchers,
  type Metric,
  type Operand,
  type Selector,
  select,
} from "@plinth/metrics";
import type { FiringScenario, InputSeries, Samples, Scenario } from "../alert/scenario.ts";
import type { LabelSet } from "../labels/label-set.ts";

/** What an alert waits for, with the situations that prove it: an expression, the labels that it gives, and series on which it holds and does not. */
export interface Condition<Label extends string> {
  readonly labels: readonly Label[];
  readonly expr: Expression;
  readonly fires: readonly (FiringScenario & { readonly labels: Readonly<Record<Label, string>> })[];
  readonly quiet: readonly Scenario[];
}

/** Series of a metric, seen as something about objects. */
export interface Subject<Label extends string> {
  readonly metric: Metric;
  /** Which series count. @default all */
  readonly where?: Matchers<string>;
  /** The object of the situations: the labels of the alert, with an example of each. */
  readonly object: Readonly<Record<Label, string>>;
  /** Which label of the metric becomes the alert's label `namespace`, where the scrape's own `namespace` is the exporter's. */
  readonly namespaceFrom?: string;
  /** The other labels of a series that counts. @default those of `where` that are plain texts */
  readonly sample?: LabelSet;
  /** How series differ that do not count: one change of `sample` for each matcher. */
  readonly unlike?: readonly LabelSet[];
}

/** A series of the object that counts, or one that differs from it by `change`. */
export function seriesOf<Label extends string>(
  subject: Subject<Label>,
  samples: Samples,
  change: LabelSet = {},
): InputSeries {
  return { series: subject.metric.name, labels: labelsOf(subject, change), samples };
}

/** Series that do not count. */
export function unlikeSeries<Label extends string>(subject: Subject<Label>, samples: Samples): readonly InputSeries[] {
  return (subject.unlike ?? []).map((change) => seriesOf(subject, samples, change));
}

function labelsOf({ where = {}, sample = {}, object, namespaceFrom }: Subject<string>, change: LabelSet): LabelSet {
  const plain = Object.entries(where).flatMap(([label, value]) => (typeof value === "string" ? [[label, value]] : []));
  const ofObject = Object.entries(object).map(([label, value]) => [
    label === "namespace" ? (namespaceFrom ?? label) : label,
    value,
  ]);
  return { ...Object.fromEntries([...plain, ...ofObject]), ...sample, ...change };
}

/** The series that count. */
export function selected<Label extends string>({ metric, where = {} }: Subject<Label>): Selector {
  return select(metric, where);
}

/** The expression with the alert's label `namespace`. */
export function withNamespace<Label extends string>({ namespaceFrom }: Subject<Label>, operand: Operand): Operand {
  return namespaceFrom === undefined
    ? operand
    : labelReplace(operand, { to: "namespace", replacement: "$1", from: namespaceFrom, matches: "(.*)" });
}

/** The labels of the alert. */
export function labelsOfObject<Label extends string>(object: Readonly<Record<Label, string>>): readonly Label[] {
  return Object.keys(object).filter((key): key is Label => Object.hasOwn(object, key));
}
