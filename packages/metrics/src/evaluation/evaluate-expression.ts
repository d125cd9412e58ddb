import { parseDuration } from "@plinth/core";
import type {
  Aggregation,
  BinaryOperation,
  Expression,
  Moment,
  RangeSelector,
  Selector,
} from "../promql/expression.ts";
import { promql } from "../promql/promql.ts";
import { aggregated } from "./aggregations.ts";
import { combined } from "./binary-operations.ts";
import { functionValue } from "./functions.ts";
import type { SampleSource } from "./sample-source.ts";
import { countUntil, type SampleWindow, type StoredSeries } from "./sample-store.ts";
import { type EvaluatedRange, EvaluationProblem, type Value, type VectorSample } from "./values.ts";

/** What an evaluation looks at. Times are milliseconds. */
export interface EvaluationContext {
  readonly store: SampleSource;
  /** How old a sample may be that still counts. */
  readonly lookback: number;
  /** Distance of a subquery's points that says none. */
  readonly interval: number;
  /** The moment that `@ start()` and `@ end()` mean. */
  readonly queried: number;
  /** At most so many different moments of a subquery are evaluated: others have the value of the one before. @default all are */
  readonly subqueryMoments?: number;
}

/** The value of an expression at a moment in milliseconds. */
export function valueAt(expression: Expression, time: number, context: EvaluationContext): Value {
  switch (expression.kind) {
    case "number":
      return { type: "scalar", value: expression.value };
    case "text":
      return { type: "string", text: expression.value };
    case "selector":
      return {
        type: "vector",
        samples: selected(expression, time, context).map(({ labels, value }) => ({ labels, value })),
      };
    case "range":
      return { type: "matrix", range: rangeAt(expression, time, context) };
    case "call":
      return functionValue(expression, time, context);
    case "aggregation":
      return { type: "vector", samples: aggregationAt(expression, time, context) };
    case "binary":
      return binaryAt(expression, time, context);
    case "negation": {
      const value = valueAt(expression.of, time, context);
      return expression.sign === "+" ? value : combined({ operator: "*" }, value, { type: "scalar", value: -1 });
    }
    case "raw":
      return valueAt(promql(expression.text), time, context);
  }
}

/** The series of an expression at a moment. Throws a TypeError where it is something else. */
export function vectorAt(expression: Expression, time: number, context: EvaluationContext): readonly VectorSample[] {
  const value = valueAt(expression, time, context);
  if (value.type === "vector") return value.samples;
  throw new TypeError(`${value.type} where series are expected.`);
}

/** The number that an expression is at a moment. */
export function numberAt(expression: Expression, time: number, context: EvaluationContext): number {
  const value = valueAt(expression, time, context);
  if (value.type === "scalar") return value.value;
  throw new TypeError(`${value.type} where a number is expected.`);
}

function aggregationAt(aggregation: Aggregation, time: number, context: EvaluationContext): readonly VectorSample[] {
  const { parameter } = aggregation;
  const value = parameter === undefined ? undefined : valueAt(parameter, time, context);
  const given = value?.type === "scalar" ? value.value : value?.type === "string" ? value.text : 0;
  return aggregated(aggregation, vectorAt(aggregation.of, time, context), given);
}

function binaryAt(operation: BinaryOperation, time: number, context: EvaluationContext): Value {
  return combined(operation, valueAt(operation.left, time, context), valueAt(operation.right, time, context));
}

/** When something is looked at. */
function momentOf({ offset, at }: Moment, time: number, { queried }: EvaluationContext): number {
  const moment = at === undefined ? time : typeof at === "number" ? Math.round(at * 1000) : queried;
  return offset === undefined ? moment : moment - millisecondsOf(offset);
}

const knownDurations = new Map<string, number>();

/** Milliseconds of a duration in an expression. Throws a TypeError for one that is computed. */
export function millisecondsOf(duration: string): number {
  const known = knownDurations.get(duration);
  if (known !== undefined) return known;
  const ahead = duration.startsWith("-");
  const milliseconds = parseDuration(ahead ? duration.slice(1) : duration);
  if (milliseconds === undefined)
    throw new TypeError(`The duration ${JSON.stringify(duration)} is not evaluated here. Expected one such as "5m".`);
  const signed = ahead ? -milliseconds : milliseconds;
  knownDurations.set(duration, signed);
  return signed;
}

/** A series' newest sample, and when it was taken. */
export interface SelectedSample extends VectorSample {
  readonly time: number;
}

/** The newest sample of each selected series, as far as it is not too old. */
export function selected(selector: Selector, time: number, context: EvaluationContext): readonly SelectedSample[] {
  const { store, lookback } = context;
  const moment = momentOf(selector, time, context);
  const seen = Math.min(moment, store.now);
  const found: SelectedSample[] = [];
  for (const { labels, times, values, ends } of store.select(selector, {
    from: moment - lookback,
    to: seen,
    newest: true,
  })) {
    const index = countUntil(times, seen) - 1;
    const taken = times[index];
    if (taken === undefined || taken <= moment - lookback) continue;
    const ended = ends[countUntil(ends, seen) - 1];
    if (ended !== undefined && ended > taken) continue;
    found.push({ labels, value: values[index] ?? Number.NaN, time: taken });
  }
  return found;
}

/** What a range selector or a subquery holds: after its beginning, up to and with its end. */
export function rangeAt(selector: RangeSelector, time: number, context: EvaluationContext): EvaluatedRange {
  const { of, range, step, subquery } = selector;
  const length = millisecondsOf(range);
  if (of.kind === "selector" && step === undefined && subquery !== true) {
    const to = momentOf(of, time, context);
    const seen = Math.min(to, context.store.now);
    const window = { from: to - length, to: seen, newest: false };
    const windows = context.store.select(of, window).flatMap((series) => windowOf(series, to - length, seen));
    return { windows, from: to - length, to };
  }
  const to = momentOf(selector, time, context);
  const from = to - length;
  const windows = subqueryWindows(of, from, to, step === undefined ? context.interval : millisecondsOf(step), context);
  return { windows, from, to };
}

function windowOf({ labels, times, values }: StoredSeries, from: number, to: number): readonly SampleWindow[] {
  const end = countUntil(times, to);
  const first = countUntil(times, from);
  return first >= end ? [] : [{ labels, times, values, first, end }];
}

// Prometheus stops, too, where a query would hold too many samples (--query.max-samples).
const MOST_POINTS = 1_000_000;

/** The expression at each multiple of the step within the range. */
function subqueryWindows(
  of: Expression,
  from: number,
  to: number,
  step: number,
  context: EvaluationContext,
): readonly SampleWindow[] {
  const series = new Map<VectorSample["labels"], { readonly times: number[]; readonly values: number[] }>();
  if ((to - from) / step > MOST_POINTS) throw new EvaluationProblem(`a subquery has more than ${MOST_POINTS} points`);
  let time = step * Math.trunc(from / step);
  if (time <= from) time += step;
  const between = momentsBetween((to - from) / step, context) * step;
  let [asked, value] = [Number.NaN, valueOfNothing];
  for (; time <= to; time += step) {
    const moment = Math.floor(time / between) * between;
    if (moment !== asked) [asked, value] = [moment, valueAt(of, moment, context)];
    const samples =
      value.type === "scalar"
        ? [{ labels: context.store.none, value: value.value }]
        : value.type === "vector"
          ? value.samples
          : [];
    for (const { labels, value: number } of samples) {
      const known = series.get(labels);
      if (known === undefined) series.set(labels, { times: [time], values: [number] });
      else {
        known.times.push(time);
        known.values.push(number);
      }
    }
  }
  return [...series].map(([labels, { times, values }]) => ({ labels, times, values, first: 0, end: times.length }));
}

const valueOfNothing: Value = { type: "vector", samples: [] };

/** How many points of a subquery have one value: 1 where all are evaluated. */
function momentsBetween(points: number, { subqueryMoments = Number.POSITIVE_INFINITY }: EvaluationContext): number {
  return Math.max(1, Math.ceil(points / subqueryMoments));
}
