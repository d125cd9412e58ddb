import type { Operand } from "../promql/expression.ts";
import { type EvaluatedSample, evaluateRules } from "./evaluate-rules.ts";
import type { PromtoolSeries } from "./input-series.ts";

/** When an expression is evaluated, and how dense the samples are. */
export interface EvaluationOptions {
  /** The moment, after the first sample. @default the last sample */
  readonly at?: string;
  /** Between two samples, and between two points of a subquery that says none. @default "1m" */
  readonly interval?: string;
}

/**
 * What an expression gives over series in promtool's notation: the semantics of Prometheus 3, without a Prometheus. Histograms are classic ones.
 *
 * @throws TypeError for what is no PromQL, and for what is not evaluated here: native histograms, `limitk`, `info` and what is experimental.
 * @throws Error where Prometheus would fail: several series that match one.
 * @example
 * evaluatePromql("sum(rate(requests_total[5m]))", { 'requests_total{path="/"}': "0+60x10" }, { at: "10m" }); // [{ labels: {}, value: 1 }]
 */
export function evaluatePromql(
  expression: Operand | string,
  series: PromtoolSeries,
  { at, interval = "1m" }: EvaluationOptions = {},
): readonly EvaluatedSample[] {
  return evaluateRules([], series, { interval, ...(at === undefined ? {} : { until: at }) }).query(expression, at);
}
