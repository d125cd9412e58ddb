import type { Expression, FunctionCall } from "../promql/expression.ts";
import { histogramFractions, histogramQuantiles } from "./classic-histograms.ts";
import { counterFunctions, type RangeFunction } from "./counter-functions.ts";
import { type EvaluationContext, numberAt, rangeAt, selected, valueAt, vectorAt } from "./evaluate-expression.ts";
import { withJoinedLabel, withReplacedLabel } from "./label-functions.ts";
import { type LabelSet, nameLabel } from "./labels.ts";
import { keepsName, overTimeFunctions } from "./over-time-functions.ts";
import { ascending } from "./quantiles.ts";
import { derivative, predicted } from "./regression.ts";
import { calendarComputations, valueComputations } from "./value-computations.ts";
import { checkedVector, type EvaluatedRange, type Value, type VectorSample } from "./values.ts";

/** A function call at a moment: how each of its arguments is evaluated. */
class CalledFunction {
  readonly #arguments: readonly Expression[];
  readonly time: number;
  readonly context: EvaluationContext;
  readonly name: string;

  constructor({ name, arguments: list }: FunctionCall, time: number, context: EvaluationContext) {
    this.name = name;
    this.#arguments = list;
    this.time = time;
    this.context = context;
  }

  get count(): number {
    return this.#arguments.length;
  }

  argument(index: number): Expression {
    const argument = this.#arguments[index];
    if (argument === undefined) throw new TypeError(`${this.name} has no argument ${index + 1}.`);
    return argument;
  }

  number(index: number): number {
    return numberAt(this.argument(index), this.time, this.context);
  }

  vector(index: number): readonly VectorSample[] {
    return vectorAt(this.argument(index), this.time, this.context);
  }

  range(index: number): EvaluatedRange {
    const argument = this.argument(index);
    if (argument.kind === "range") return rangeAt(argument, this.time, this.context);
    throw new TypeError(`${this.name} looks at a range. Expected for example ${this.name}(metric[5m]).`);
  }

  text(index: number): string {
    const value = valueAt(this.argument(index), this.time, this.context);
    if (value.type === "string") return value.text;
    throw new TypeError(`${this.name} takes a text as argument ${index + 1}.`);
  }

  numbersFrom(index: number): readonly number[] {
    return Array.from({ length: Math.max(0, this.count - index) }, (_, number) => this.number(index + number));
  }
}

/** The value of a function at a moment in milliseconds. Throws a TypeError that names a function which is not evaluated here. */
export function functionValue(call: FunctionCall, time: number, context: EvaluationContext): Value {
  const called = new CalledFunction(call, time, context);
  const compute = valueComputations[call.name];
  if (compute !== undefined) return computedEach(called, compute);
  const ofRange = rangeFunctions[call.name];
  if (ofRange !== undefined) return overRange(called, ofRange);
  const ofDate = calendarComputations[call.name];
  if (ofDate !== undefined) return dated(called, ofDate);
  const special = specials[call.name];
  if (special !== undefined) return special(called);
  throw new TypeError(`The function ${call.name} is not evaluated here.`);
}

const rangeFunctions: Readonly<Record<string, RangeFunction>> = {
  ...counterFunctions,
  ...overTimeFunctions,
  deriv: derivative,
};

// The number of these stands before or behind the range.
const parameterPlace: Readonly<Record<string, { readonly range: number; readonly parameter: number }>> = {
  quantile_over_time: { range: 1, parameter: 0 },
};

function overRange(called: CalledFunction, compute: RangeFunction): Value {
  const place = parameterPlace[called.name];
  const { windows, from, to } = called.range(place?.range ?? 0);
  const parameter = place === undefined ? 0 : called.number(place.parameter);
  return series(
    windows.flatMap((window) => {
      const value = compute(window, from, to, parameter);
      if (value === undefined) return [];
      return [{ labels: keepsName.has(called.name) ? window.labels : window.labels.withoutName(), value }];
    }),
  );
}

function computedEach(
  called: CalledFunction,
  compute: (value: number, ...parameters: readonly number[]) => number,
): Value {
  const parameters = called.numbersFrom(1);
  const [least = 0, most = 0] = parameters;
  const samples = called.vector(0);
  if (called.name === "clamp" && most < least) return series([]);
  return series(
    samples.map(({ labels, value }) => ({ labels: labels.withoutName(), value: compute(value, ...parameters) })),
  );
}

function dated(called: CalledFunction, compute: (time: Date) => number): Value {
  const at = (seconds: number): number => compute(new Date(Math.trunc(seconds) * 1000));
  if (called.count === 0)
    return series([{ labels: called.context.store.none, value: at(Math.trunc(called.time / 1000)) }]);
  return series(called.vector(0).map(({ labels, value }) => ({ labels: labels.withoutName(), value: at(value) })));
}

function series(samples: readonly VectorSample[]): Value {
  return { type: "vector", samples: checkedVector(samples) };
}

const specials: Readonly<Record<string, (called: CalledFunction) => Value>> = {
  absent: (called) =>
    series(
      called.vector(0).length > 0 ? [] : [{ labels: labelsOfNothing(called.argument(0), called.context), value: 1 }],
    ),
  absent_over_time: (called) =>
    series(
      called.range(0).windows.length > 0
        ? []
        : [{ labels: labelsOfNothing(called.argument(0), called.context), value: 1 }],
    ),
  histogram_fraction: (called) => series(histogramFractions(called.number(0), called.number(1), called.vector(2))),
  histogram_quantile: (called) => series(histogramQuantiles(called.number(0), called.vector(1))),
  label_join: (called) =>
    series(
      withJoinedLabel(
        called.vector(0),
        called.text(1),
        called.text(2),
        Array.from({ length: called.count - 3 }, (_, index) => called.text(index + 3)),
      ),
    ),
  label_replace: (called) =>
    series(withReplacedLabel(called.vector(0), [called.text(1), called.text(2), called.text(3), called.text(4)])),
  pi: () => ({ type: "scalar", value: Math.PI }),
  predict_linear: (called) => {
    const seconds = called.number(1);
    return series(
      called.range(0).windows.flatMap((window) => {
        const value = predicted(window, called.time, seconds);
        return value === undefined ? [] : [{ labels: window.labels.withoutName(), value }];
      }),
    );
  },
  scalar: (called) => {
    const samples = called.vector(0);
    return { type: "scalar", value: samples.length === 1 ? (samples[0]?.value ?? Number.NaN) : Number.NaN };
  },
  sort: (called) => series(sorted(called.vector(0), 1)),
  sort_desc: (called) => series(sorted(called.vector(0), -1)),
  time: (called) => ({ type: "scalar", value: called.time / 1000 }),
  timestamp: (called) => {
    const of = called.argument(0);
    // Only of a selector is it the time of the sample.
    const samples =
      of.kind === "selector"
        ? selected(of, called.time, called.context)
        : called.vector(0).map((sample) => ({ ...sample, time: called.time }));
    return series(samples.map(({ labels, time }) => ({ labels: labels.withoutName(), value: time / 1000 })));
  },
  vector: (called) => series([{ labels: called.context.store.none, value: called.number(0) }]),
};

/** NaN comes last, whichever way. */
function sorted(samples: readonly VectorSample[], sign: 1 | -1): readonly VectorSample[] {
  return [...samples].sort((a, b) => {
    const [first, second] = [Number.isNaN(a.value), Number.isNaN(b.value)];
    return first || second ? Number(first) - Number(second) : sign * ascending(a.value, b.value);
  });
}

/** The labels that a selector's matchers leave no choice about. */
function labelsOfNothing(expression: Expression, { store }: EvaluationContext): LabelSet {
  const selector =
    expression.kind === "range" && expression.step === undefined && expression.subquery !== true
      ? expression.of
      : expression;
  if (selector.kind !== "selector") return store.none;
  const labels = new Map<string, string>();
  const seen = new Set<string>();
  for (const { label, operator, value } of selector.matchers) {
    if (label === nameLabel) continue;
    if (operator === "=" && !seen.has(label)) {
      labels.set(label, value);
      seen.add(label);
    } else labels.delete(label);
  }
  return store.none.with(Object.fromEntries(labels));
}

/** The functions that have a value here. */
export const evaluatedFunctions: ReadonlySet<string> = new Set(
  [valueComputations, rangeFunctions, calendarComputations, specials].flatMap((table) => Object.keys(table)),
);
