import type { Expression, Operand } from "../promql/expression.ts";
import { promql } from "../promql/promql.ts";
import { expressionOf } from "../promql/select.ts";
import type { RuleGroup } from "../rules/rule.ts";
import { type ComputedSeries, ComputedStore } from "./computed-store.ts";
import { valueAt } from "./evaluate-expression.ts";
import type { LabelSet, SeriesLabels } from "./labels.ts";
import { refuseUnevaluated } from "./refuse-unevaluated.ts";
import type { VectorSample } from "./values.ts";

export type { ComputedSeries } from "./computed-store.ts";

/** A series of a result: its labels, and its value at each moment that was asked for; none where it has none. */
export interface ComputedSample {
  /** The name is `__name__`, where it has one. */
  readonly labels: SeriesLabels;
  readonly values: readonly (number | undefined)[];
}

/** Answers expressions at any time. */
export interface Evaluation {
  /**
   * What an expression gives at some moments, in seconds since the epoch.
   *
   * @throws TypeError for what is no PromQL, and for what `evaluatePromql` does not evaluate.
   * @throws Error where Prometheus would fail: several series that match one.
   */
  over(expression: Operand | string, moments: readonly number[]): readonly ComputedSample[];
}

/**
 * Evaluates expressions over series whose samples are computed when they are asked for, and over what rules make of those: as if all had always been there. Long
 * times cost no more than short ones: of a range four samples are looked at, of a subquery two dozen moments, and alerts are judged each half hour.
 * So it is a picture of what Prometheus would show; `evaluateRules` is exact.
 *
 * @example
 * const evaluation = evaluateComputed([{ name: "hits_total", labels: { job: "a" }, valueAt: (time) => time * 2 }], []);
 * evaluation.over("rate(hits_total[5m])", [1_800_000_000]); // [{ labels: { job: "a" }, values: [2] }]
 */
export function evaluateComputed(series: Iterable<ComputedSeries>, groups: readonly RuleGroup[]): Evaluation {
  const store = new ComputedStore(
    series,
    groups.flatMap(({ rules }) => rules),
  );
  return {
    over: (expression, moments) => {
      const read = typeof expression === "string" ? promql(expression) : expressionOf(expression);
      refuseUnevaluated(read);
      const found = new Map<LabelSet, (number | undefined)[]>();
      moments.forEach((moment, index) => {
        for (const { labels, value } of samplesAt(read, Math.round(moment * 1000), store)) {
          const values = found.get(labels) ?? new Array<number | undefined>(moments.length).fill(undefined);
          found.set(labels, values);
          values[index] = value;
        }
      });
      return [...found].map(([labels, values]) => ({ labels: labels.toObject(), values }));
    },
  };
}

function samplesAt(expression: Expression, time: number, store: ComputedStore): readonly VectorSample[] {
  const value = valueAt(expression, time, store.contextAt(time));
  if (value.type === "vector") return value.samples;
  if (value.type === "scalar") return [{ labels: store.none, value: value.value }];
  throw new TypeError(`A ${value.type === "matrix" ? "range" : "text"} has no value at a moment.`);
}
