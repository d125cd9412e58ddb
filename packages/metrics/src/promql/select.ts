import type { Metric } from "../catalogue/metric.ts";
import type { Expression, Moment, Operand, RangeSelector, RawPromql, Selector, TextLiteral } from "./expression.ts";
import { labelMatcher, type Matcher } from "./matcher.ts";
import { checkedRange } from "./range.ts";

/** A condition for each label, or several for one. */
export type Matchers<Label extends string> = { readonly [Name in Label]?: Matcher | readonly Matcher[] };

export function isMatcherList(matcher: Matcher | readonly Matcher[]): matcher is readonly Matcher[] {
  return Array.isArray(matcher);
}

/**
 * The series of a metric whose labels match. Values are quoted: any text is safe.
 *
 * @example
 * select(metric("kube_pod_status_phase"), { namespace: "team-backend", phase: oneOf("Failed", "Pending") });
 */
export function select<Label extends string>(
  metric: Metric<string, Label>,
  matchers: Matchers<NoInfer<Label>> = {},
): Selector {
  const conditions: readonly (readonly [string, Matcher | readonly Matcher[] | undefined])[] = Object.entries(matchers);
  return {
    kind: "selector",
    series: metric.name,
    matchers: conditions.flatMap(([label, matcher]) => {
      if (matcher === undefined) return [];
      return (isMatcherList(matcher) ? matcher : [matcher]).map((one) => labelMatcher(label, one));
    }),
  };
}

/** The buckets of a histogram: cumulative counters with the label `le`. */
export function bucketsOf<Name extends string, Label extends string>(
  histogram: Metric<Name, Label>,
): Metric<`${Name}_bucket`, Label | "le"> {
  return {
    ...histogram,
    name: `${histogram.name}_bucket`,
    type: "counter",
    unit: "count",
    labels: [...histogram.labels, "le"],
  };
}

/** The number of observations of a histogram or summary: a counter. */
export function countOf<Name extends string, Label extends string>(
  histogram: Metric<Name, Label>,
): Metric<`${Name}_count`, Label> {
  return { ...histogram, name: `${histogram.name}_count`, type: "counter", unit: "count" };
}

/** The sum of the observations of a histogram or summary: a counter in the unit of the observations. */
export function sumOf<Name extends string, Label extends string>(
  histogram: Metric<Name, Label>,
): Metric<`${Name}_sum`, Label> {
  return { ...histogram, name: `${histogram.name}_sum`, type: "counter" };
}

/**
 * The same series, or the same subquery, as they were some time ago: the range of a selector keeps the moment of its selector. With a `-`
 * before the duration, as they will be.
 *
 * @throws TypeError when the text is neither a Prometheus duration nor a variable.
 * @example
 * rate(ago(select(metric("node_cpu_seconds_total")), "1d"), "5m"); // rate(node_cpu_seconds_total[5m] offset 1d)
 */
export function ago<Series extends Selector | RangeSelector>(series: Series, duration: string): Series {
  return moved(series, {
    offset: duration.startsWith("-") ? `-${checkedRange(duration.slice(1))}` : checkedRange(duration),
  });
}

/**
 * The same series, or the same subquery, at one moment: in seconds since the epoch, or at the beginning or the end of the query's range.
 *
 * @example
 * subtract(metric("up"), atTime(select(metric("up")), "start")); // up - up @ start()
 */
export function atTime<Series extends Selector | RangeSelector>(
  series: Series,
  moment: number | "start" | "end",
): Series {
  if (typeof moment === "number" && !Number.isFinite(moment))
    throw new TypeError(`${moment} is no time. Expected seconds since the epoch.`);
  return moved(series, { at: moment });
}

function moved<Series extends Selector | RangeSelector>(series: Series, moment: Moment): Series {
  if (series.kind === "range" && series.of.kind === "selector" && series.step === undefined && series.subquery !== true)
    return { ...series, of: { ...series.of, ...moment } };
  return { ...series, ...moment };
}

/**
 * A stretch of time of a selector; of any other expression, a subquery.
 *
 * @throws TypeError when the range is neither a Prometheus duration nor a variable.
 */
export function over(operand: Operand, range: string, options: { readonly step?: string } = {}): RangeSelector {
  const of = expressionOf(operand);
  return {
    kind: "range",
    of,
    range: checkedRange(range),
    ...(options.step === undefined ? {} : { step: checkedRange(options.step) }),
  };
}

/** Text that is already PromQL. Inside another expression it stands in parentheses; `promqlFindings` checks it. */
export function rawPromql(text: string): RawPromql {
  return { kind: "raw", text };
}

export function textLiteral(value: string): TextLiteral {
  return { kind: "text", value };
}

/** An operand as an expression: a metric becomes a selector without matchers, a number a literal. */
export function expressionOf(operand: Operand): Expression {
  if (typeof operand === "number") return { kind: "number", value: operand };
  return "kind" in operand ? operand : select(operand);
}
