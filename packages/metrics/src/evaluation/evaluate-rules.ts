import { printDuration } from "@plinth/core";
import type { Expression, Operand } from "../promql/expression.ts";
import { promql } from "../promql/promql.ts";
import { expressionOf } from "../promql/select.ts";
import type { AlertingRule, RecordingRule, RuleGroup } from "../rules/rule.ts";
import { AlertState } from "./alert-state.ts";
import { type EvaluationContext, valueAt } from "./evaluate-expression.ts";
import { durationOption, type PromtoolSeries, storeOf } from "./input-series.ts";
import { type LabelSet, nameLabel, type SeriesLabels } from "./labels.ts";
import { refuseUnevaluated } from "./refuse-unevaluated.ts";
import type { SampleStore } from "./sample-store.ts";
import { EvaluationProblem, type VectorSample } from "./values.ts";

// Prometheus' default of --query.lookback-delta.
const lookback = 5 * 60_000;

/** How rules are evaluated. */
export interface RuleEvaluationOptions {
  /** Between two samples of a series. @default "1m" */
  readonly interval?: string;
  /** Between two evaluations of groups that say none themselves. @default as `interval` */
  readonly evaluationInterval?: string;
  /** The last evaluation. @default the last sample */
  readonly until?: string;
}

/** A series' value. A number alone is one without labels. */
export interface EvaluatedSample {
  /** The name is `__name__`, where it has one. */
  readonly labels: SeriesLabels;
  readonly value: number;
}

/** What rules make of series. Times are seconds after the first sample. */
export interface EvaluatedRules {
  readonly recorded: readonly RecordedSeries[];
  /** When which alert fired, in the order in which they began. */
  readonly alerts: readonly FiredAlert[];
  /** What an expression gives over the series and what was recorded; `at` is a duration after the first sample, and the last evaluation when left out. */
  query(expression: Operand | string, at?: string): readonly EvaluatedSample[];
}

export interface RecordedSeries {
  readonly name: string;
  readonly labels: SeriesLabels;
  readonly samples: readonly { readonly time: number; readonly value: number }[];
}

export interface FiredAlert {
  readonly alert: string;
  readonly labels: SeriesLabels;
  /** Since when its condition held. */
  readonly since: number;
  /** When it began to fire. */
  readonly from: number;
  /** When it had ended. Without, it fires to the last evaluation. */
  readonly until?: number;
}

/**
 * Evaluates rules over series in promtool's notation, as Prometheus would: groups in their order, each rule with what those before it have recorded, at 0 and then
 * after each interval. Nothing is started: a test of some hours takes milliseconds.
 *
 * @throws TypeError for what is no PromQL, and for what `evaluatePromql` does not evaluate.
 * @throws Error with the rule and the time, where Prometheus would fail.
 * @example
 * const group = { name: "a", rules: [{ alert: "Down", expr: "up == 0", for: "5m", labels: {}, annotations: {} }] };
 * evaluateRules([group], { 'up{job="a"}': "1x10 0x20" }).alerts; // [{ alert: "Down", labels: { job: "a" }, since: 660, from: 960 }]
 */
export function evaluateRules(
  groups: readonly RuleGroup[],
  series: PromtoolSeries,
  { interval = "1m", evaluationInterval = interval, until }: RuleEvaluationOptions = {},
): EvaluatedRules {
  const step = durationOption("evaluationInterval", evaluationInterval);
  if (step === 0) throw new TypeError('evaluationInterval is "0s". Expected a duration such as "1m".');
  const { store, lasts } = storeOf(series, durationOption("interval", interval));
  const end = until === undefined ? lasts : durationOption("until", until);
  const evaluated = groups.map((group) => ({
    interval: group.interval === undefined ? step : durationOption("interval", group.interval),
    rules: group.rules.map((rule) => new EvaluatedRule(rule)),
  }));
  for (let time = 0; time <= end && groups.length > 0; time += step) {
    store.now = time;
    const context = { store, lookback, interval: step, queried: time };
    for (const group of evaluated)
      if (time % group.interval === 0) for (const rule of group.rules) rule.evaluate(time, context, store);
  }
  store.now = end;
  const rules = evaluated.flatMap((group) => group.rules);
  return {
    recorded: recordedIn(store, rules),
    alerts: rules.flatMap((rule) => rule.fired()).sort((a, b) => a.from - b.from),
    query: (expression, at) => {
      const time = at === undefined ? end : durationOption("at", at);
      return queried(expression, time, { store, lookback, interval: step, queried: time });
    },
  };
}

function queried(expression: Operand | string, time: number, context: EvaluationContext): readonly EvaluatedSample[] {
  const read = typeof expression === "string" ? promql(expression) : expressionOf(expression);
  refuseUnevaluated(read);
  const value = valueAt(read, time, context);
  if (value.type === "scalar") return [{ labels: {}, value: value.value }];
  if (value.type === "vector")
    return value.samples.map(({ labels, value: number }) => ({ labels: labels.toObject(), value: number }));
  throw new TypeError(`A ${value.type === "matrix" ? "range" : "text"} has no value at a moment.`);
}

/** A rule, and what it gave the last time. */
class EvaluatedRule {
  readonly rule: RecordingRule | AlertingRule;
  readonly #expression: Expression;
  readonly #state: AlertState | undefined;
  #before: ReadonlySet<LabelSet> = new Set();

  constructor(rule: RecordingRule | AlertingRule) {
    this.rule = rule;
    this.#expression = promql(rule.expr);
    refuseUnevaluated(this.#expression);
    this.#state = "alert" in rule ? new AlertState(rule) : undefined;
  }

  evaluate(time: number, context: EvaluationContext, store: SampleStore): void {
    const samples = this.#samplesAt(time, context);
    for (const { labels, value } of samples) store.append(labels, time, value);
    const now = new Set(samples.map(({ labels }) => labels));
    // What is not there any more ends at once: nobody waits five minutes for it to grow old.
    for (const labels of this.#before) if (!now.has(labels)) store.end(labels, time);
    this.#before = now;
  }

  fired(): readonly FiredAlert[] {
    return (this.#state?.fired ?? []).map(({ labels, since, from, until }) => ({
      alert: labels.get("alertname"),
      labels: labels.without(["alertname"]).toObject(),
      since: since / 1000,
      from: from / 1000,
      ...(until === undefined ? {} : { until: until / 1000 }),
    }));
  }

  #samplesAt(time: number, context: EvaluationContext): readonly VectorSample[] {
    try {
      const found = this.#found(time, context);
      if (this.#state !== undefined) return this.#state.evaluate(found, time);
      if ("alert" in this.rule) return [];
      const changes = { ...this.rule.labels, [nameLabel]: this.rule.record };
      const recorded = found.map(({ labels, value }) => ({
        labels: labels.once(this, () => labels.with(changes)),
        value,
      }));
      if (new Set(recorded.map(({ labels }) => labels)).size < recorded.length)
        throw new EvaluationProblem("two recorded series have the same labels");
      return recorded;
    } catch (error) {
      if (!(error instanceof EvaluationProblem)) throw error;
      throw new Error(`The rule ${nameOf(this.rule)} fails at ${printDuration(time)}: ${error.message}.`);
    }
  }

  #found(time: number, context: EvaluationContext): readonly VectorSample[] {
    const value = valueAt(this.#expression, time, context);
    if (value.type === "vector") return value.samples;
    if (value.type === "scalar") return [{ labels: context.store.none, value: value.value }];
    throw new TypeError(`The rule ${nameOf(this.rule)} is a ${value.type}. Expected series or a number.`);
  }
}

function nameOf(rule: RecordingRule | AlertingRule): string {
  return "alert" in rule ? rule.alert : rule.record;
}

function recordedIn(store: SampleStore, rules: readonly EvaluatedRule[]): readonly RecordedSeries[] {
  const names = new Set(rules.flatMap(({ rule }) => ("alert" in rule ? [] : [rule.record])));
  return [...names].flatMap((name) =>
    store.named(name).map(({ labels, times, values }) => ({
      name,
      labels: labels.without([nameLabel]).toObject(),
      samples: times.map((time, index) => ({ time: time / 1000, value: values[index] ?? Number.NaN })),
    })),
  );
}
