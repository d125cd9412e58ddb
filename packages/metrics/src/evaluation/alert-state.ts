import type { AlertingRule } from "../rules/rule.ts";
import { durationOption } from "./input-series.ts";
import { type LabelSet, nameLabel } from "./labels.ts";
import { EvaluationProblem, type VectorSample } from "./values.ts";

/** A stretch of time in which an alert fires. Milliseconds. */
export interface FiringStretch {
  readonly labels: LabelSet;
  /** Since when its condition holds. */
  readonly since: number;
  readonly from: number;
  until?: number;
}

interface ActiveAlert {
  readonly since: number;
  firing?: FiringStretch;
  /** Since when its condition holds no more, and it fires all the same. */
  kept?: number;
}

// The series that Prometheus keeps of each alert.
const pending = { [nameLabel]: "ALERTS", alertstate: "pending" };
const firing = { [nameLabel]: "ALERTS", alertstate: "firing" };
const since = { [nameLabel]: "ALERTS_FOR_STATE" };

/**
 * An alert from one evaluation to the next: it waits for `for`, fires, and ends after `keep_firing_for`.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/rules/alerting.go
 */
export class AlertState {
  readonly fired: FiringStretch[] = [];
  readonly #rule: AlertingRule;
  readonly #wait: number;
  readonly #keep: number;
  readonly #active = new Map<LabelSet, ActiveAlert>();

  constructor(rule: AlertingRule) {
    this.#rule = rule;
    this.#wait = durationOption(`for of ${rule.alert}`, rule.for ?? "0s");
    this.#keep = durationOption(`keep_firing_for of ${rule.alert}`, rule.keep_firing_for ?? "0s");
  }

  /** Takes what the expression gives at a time, and returns the series that Prometheus keeps of it. */
  evaluate(samples: readonly VectorSample[], time: number): readonly VectorSample[] {
    const holding = new Set<LabelSet>();
    for (const sample of samples) {
      const labels = this.#labelsOf(sample);
      if (holding.has(labels)) throw new EvaluationProblem("two alerts have the same labels");
      holding.add(labels);
      if (!this.#active.has(labels)) this.#active.set(labels, { since: time });
    }
    return [...this.#active].flatMap(([labels, alert]) => {
      if (holding.has(labels)) delete alert.kept;
      else if (!this.#isKept(alert, time)) {
        if (alert.firing !== undefined) alert.firing.until = time;
        this.#active.delete(labels);
        return [];
      }
      if (alert.firing === undefined && time - alert.since >= this.#wait) {
        alert.firing = { labels, since: alert.since, from: time };
        this.fired.push(alert.firing);
      }
      const state = alert.firing === undefined ? pending : firing;
      return [
        { labels: labels.once(state, () => labels.with(state)), value: 1 },
        { labels: labels.once(since, () => labels.with(since)), value: Math.trunc(alert.since / 1000) },
      ];
    });
  }

  #isKept(alert: ActiveAlert, time: number): boolean {
    if (alert.firing === undefined || this.#keep === 0) return false;
    alert.kept ??= time;
    return time - alert.kept < this.#keep;
  }

  #labelsOf({ labels, value }: VectorSample): LabelSet {
    const own = Object.entries(this.#rule.labels).map(([label, text]) => [label, expandedLabel(text, labels, value)]);
    return labels.without([nameLabel]).with({ ...Object.fromEntries(own), alertname: this.#rule.alert });
  }
}

/** `{{ $labels.name }}` and `{{ $value }}` filled in. Throws a TypeError for what else a template can say. */
export function expandedLabel(text: string, labels: LabelSet, value: number): string {
  return text.replaceAll(/\{\{(.*?)\}\}/gs, (whole, inner: string) => {
    const [, label] = /^\s*\$labels\.(\w+)\s*$/.exec(inner) ?? [];
    if (label !== undefined) return labels.get(label);
    if (/^\s*\$value\s*$/.test(inner)) return String(value);
    throw new TypeError(`The template ${whole} in a label is not evaluated here.`);
  });
}
