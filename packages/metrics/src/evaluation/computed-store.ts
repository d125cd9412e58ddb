import { parseDuration } from "@plinth/core";
import type { Expression, Selector } from "../promql/expression.ts";
import { promql } from "../promql/promql.ts";
import type { AlertingRule, RecordingRule } from "../rules/rule.ts";
import { expandedLabel } from "./alert-state.ts";
import { type EvaluationContext, valueAt } from "./evaluate-expression.ts";
import { type LabelSet, nameLabel, noLabels, type SeriesLabels } from "./labels.ts";
import { refuseUnevaluated } from "./refuse-unevaluated.ts";
import type { LookedAt, SampleSource } from "./sample-source.ts";
import { matchesLabel, type StoredSeries } from "./sample-store.ts";
import { EvaluationProblem, type VectorSample } from "./values.ts";

/** A series whose samples are computed when they are asked for. */
export interface ComputedSeries {
  readonly name: string;
  /** Without the name. */
  readonly labels: SeriesLabels;
  /** The sample at a time in seconds since the epoch; none where the series is not there. */
  valueAt(time: number): number | undefined;
}

const minute = 60_000;
// A range is looked at as often as Prometheus scrapes, and a long one so often.
const samplesInRange = 4;
// Alerts are judged on the half hour: they last longer than that.
const alertGrid = 30 * minute;
// Between two points of a subquery that says none.
const interval = minute;
const lookback = 5 * minute;
const subqueryMoments = 24;

interface OwnSeries {
  readonly labels: LabelSet;
  valueAt(time: number): number | undefined;
}

/** What Prometheus' storage would be if it had always been there: any time can be asked for, and rules are evaluated when their result is. */
export class ComputedStore implements SampleSource {
  readonly none: LabelSet = noLabels();
  readonly now: number = Number.POSITIVE_INFINITY;
  readonly #byName = new Map<string, OwnSeries[]>();
  readonly #rules = new Map<string, ComputedRule[]>();
  readonly #selected = new WeakMap<Selector, readonly OwnSeries[]>();
  readonly #selectedRules = new WeakMap<Selector, readonly ComputedRule[]>();

  constructor(series: Iterable<ComputedSeries>, rules: readonly (RecordingRule | AlertingRule)[]) {
    for (const { name, labels, valueAt: value } of series)
      listIn(this.#byName, name).push({ labels: this.none.with({ ...labels, [nameLabel]: name }), valueAt: value });
    for (const rule of rules)
      listIn(this.#rules, "alert" in rule ? "ALERTS" : rule.record).push(
        "alert" in rule ? new ComputedAlert(rule, this) : new ComputedRecording(rule, this),
      );
  }

  /** What an evaluation at a time looks at. */
  contextAt(time: number): EvaluationContext {
    return { store: this, lookback, interval, queried: time, subqueryMoments };
  }

  select(selector: Selector, lookedAt: LookedAt): readonly StoredSeries[] {
    const times = lookedAt.newest ? [lookedAt.to] : gridIn(lookedAt);
    return [...this.#own(selector).map((series) => sampled(series, times)), ...this.#computed(selector, times)];
  }

  #own(selector: Selector): readonly OwnSeries[] {
    const known = this.#selected.get(selector);
    if (known !== undefined) return known;
    const named =
      selector.series === "" ? [...this.#byName.values()].flat() : (this.#byName.get(selector.series) ?? []);
    const found = named.filter(({ labels }) => isSelected(selector, labels));
    this.#selected.set(selector, found);
    return found;
  }

  #computed(selector: Selector, times: readonly number[]): readonly StoredSeries[] {
    const found = new Map<LabelSet, StoredSeries>();
    for (const rule of this.#rulesFor(selector))
      for (const time of times)
        for (const { labels, value } of rule.at(time)) {
          if (!isSelected(selector, labels)) continue;
          const known = found.get(labels) ?? { labels, times: [], values: [], ends: [] };
          found.set(labels, known);
          // Two rules may give one series: the first counts.
          if ((known.times.at(-1) ?? Number.NEGATIVE_INFINITY) >= time) continue;
          known.times.push(time);
          known.values.push(value);
        }
    return [...found.values()];
  }

  #rulesFor(selector: Selector): readonly ComputedRule[] {
    const known = this.#selectedRules.get(selector);
    if (known !== undefined) return known;
    const named = selector.series === "" ? [...this.#rules.values()].flat() : (this.#rules.get(selector.series) ?? []);
    const found = named.filter((rule) => rule.canGive(selector));
    this.#selectedRules.set(selector, found);
    return found;
  }
}

/** A rule whose results are remembered by their time. */
abstract class ComputedRule {
  readonly #expression: Expression;
  readonly #store: ComputedStore;
  readonly #fixed: readonly (readonly [string, string])[];
  readonly #known = new Map<number, readonly VectorSample[]>();
  readonly #found = new Map<number, readonly VectorSample[]>();
  readonly #running = new Set<number>();

  constructor(rule: RecordingRule | AlertingRule, store: ComputedStore) {
    this.#expression = promql(rule.expr);
    refuseUnevaluated(this.#expression);
    this.#store = store;
    const own = Object.entries(rule.labels).filter(([, value]) => !value.includes("{{"));
    this.#fixed =
      "alert" in rule ? [...own, ["alertname", rule.alert], [nameLabel, "ALERTS"]] : [...own, [nameLabel, rule.record]];
  }

  /** False where the labels that the rule gives rule it out. */
  canGive({ matchers }: Selector): boolean {
    return this.#fixed.every(([label, value]) =>
      matchers.every((matcher) => matcher.label !== label || matchesLabel(matcher.operator, matcher.value, value)),
    );
  }

  at(time: number): readonly VectorSample[] {
    const known = this.#known.get(time);
    if (known !== undefined) return known;
    const samples = this.compute(time);
    this.#known.set(time, samples);
    return samples;
  }

  protected abstract compute(time: number): readonly VectorSample[];

  /** What the expression gives; nothing where Prometheus would fail, and where a rule asks for itself at the same moment. */
  protected found(time: number): readonly VectorSample[] {
    const known = this.#found.get(time);
    if (known !== undefined) return known;
    if (this.#running.has(time)) return [];
    this.#running.add(time);
    const samples = this.#evaluated(time);
    this.#running.delete(time);
    this.#found.set(time, samples);
    return samples;
  }

  #evaluated(time: number): readonly VectorSample[] {
    try {
      const value = valueAt(this.#expression, time, this.#store.contextAt(time));
      if (value.type === "vector") return value.samples;
      return value.type === "scalar" ? [{ labels: this.#store.none, value: value.value }] : [];
    } catch (error) {
      if (error instanceof EvaluationProblem) return [];
      throw error;
    }
  }
}

class ComputedRecording extends ComputedRule {
  readonly #rule: RecordingRule;

  constructor(rule: RecordingRule, store: ComputedStore) {
    super(rule, store);
    this.#rule = rule;
  }

  protected compute(time: number): readonly VectorSample[] {
    const changes = { ...this.#rule.labels, [nameLabel]: this.#rule.record };
    return this.found(time).map(({ labels, value }) => ({
      labels: labels.once(this, () => labels.with(changes)),
      value,
    }));
  }
}

class ComputedAlert extends ComputedRule {
  readonly #rule: AlertingRule;
  readonly #wait: number;

  constructor(rule: AlertingRule, store: ComputedStore) {
    super(rule, store);
    this.#rule = rule;
    this.#wait = parseDuration(rule.for ?? "0s") ?? 0;
  }

  protected compute(time: number): readonly VectorSample[] {
    const moment = Math.floor(time / alertGrid) * alertGrid;
    if (moment !== time) return this.at(moment);
    const now = this.found(time);
    if (now.length === 0) return [];
    const before = new Set(this.#wait === 0 ? [] : this.found(time - this.#wait).map(({ labels }) => labels));
    return now.map(({ labels, value }) => {
      const firing = this.#wait === 0 || before.has(labels);
      const own = Object.entries(this.#rule.labels).map(([label, text]) => [label, expandedLabel(text, labels, value)]);
      return {
        labels: labels.without([nameLabel]).with({
          ...Object.fromEntries(own),
          alertname: this.#rule.alert,
          alertstate: firing ? "firing" : "pending",
          [nameLabel]: "ALERTS",
        }),
        value: 1,
      };
    });
  }
}

function isSelected({ matchers }: Selector, labels: LabelSet): boolean {
  return matchers.every(({ label, operator, value }) => matchesLabel(operator, value, labels.get(label)));
}

function sampled({ labels, valueAt: value }: OwnSeries, at: readonly number[]): StoredSeries {
  const [times, values]: [number[], number[]] = [[], []];
  for (const time of at) {
    const sample = value(time / 1000);
    if (sample === undefined) continue;
    times.push(time);
    values.push(sample);
  }
  return { labels, times, values, ends: [] };
}

/** Moments on a grid of the epoch, so that ranges which overlap share them. */
function gridIn({ from, to }: LookedAt): readonly number[] {
  const step = Math.max(minute / 2, Math.ceil((to - from) / samplesInRange / (minute / 2)) * (minute / 2));
  const first = (Math.floor(from / step) + 1) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

function listIn<Entry>(lists: Map<string, Entry[]>, key: string): Entry[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
