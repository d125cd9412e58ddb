import type { Expression, Metric, PanelPlace } from "@plinth/metrics";
import type { LabelSet } from "../labels/label-set.ts";
import type {
  Alert,
  AlertCategory,
  AlertOwner,
  AlertSeverity,
  AlertThreshold,
  FirstQueries,
  Runbook,
} from "./alert.ts";
import type { FiringScenario, Scenario } from "./scenario.ts";
import { type AlertValue, labelReference, valueReference } from "./template.ts";

/** A sentence about the alert. Label and value stand for what Prometheus fills in: put them into the text, do not compute with them. */
export type AlertText<Label extends string> =
  | string
  | ((labels: Readonly<Record<Label, string>>, value: AlertValue) => string);

export interface AlertDefinition<Label extends string> {
  /** Unique: `NodeNotReady`. */
  readonly name: string;
  readonly category: AlertCategory;
  readonly severity: AlertSeverity;
  /** Who is told. @default "platform" */
  readonly owner?: AlertOwner;
  /** Only where the platform runs this software, or parts of it: `argocd`. @default everywhere */
  readonly software?: string;
  /** What must hold. Its result has exactly the labels of `labels`: aggregate by them. */
  readonly expr: Expression;
  /** Labels that the expression gives: what the alert is about. @default none */
  readonly labels?: readonly Label[];
  /** Labels that the rule adds. @default none */
  readonly extraLabels?: LabelSet;
  /** How long the expression must hold: a Prometheus duration. @default "0s" */
  readonly for?: string;
  /** How long the alert stays after the expression has ceased to hold. @default not at all */
  readonly keepFiringFor?: string;
  /** One line that names the object. */
  readonly summary: AlertText<Label>;
  /** What was measured, in full sentences. */
  readonly description: AlertText<Label>;
  /** What it does to users or teams, in one sentence. */
  readonly impact: string;
  readonly runbook: Runbook;
  /** Which logs and traces to look at first. @default none */
  readonly firstQueries?: FirstQueries;
  /** uid of the dashboard to look at first. @default none */
  readonly dashboard?: string;
  /** The panel of it to look at first. @default on a dashboard of the platform the alert's own, on another the whole dashboard */
  readonly panel?: PanelPlace;
  /** Metrics of the expression that the catalogue does not have. @default none */
  readonly metrics?: readonly Metric[];
  /** Situations on which it fires. */
  readonly fires: readonly (FiringScenario & { readonly labels: Readonly<Record<Label, string>> })[];
  /** Situations on which it stays quiet. */
  readonly quiet: readonly Scenario[];
}

/**
 * An alert with everything that it must not be without: the team that is told, the runbook, a series on which it fires and one on which it stays
 * quiet. The labels that `summary` and `description` may use are those of `labels`.
 *
 * Plain data: `alertFindings` says what is wrong with it.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 * @example
 * import { equal, max, metric } from "@plinth/metrics";
 * const queueFull = defineAlert({
 *   name: "CollectorQueueFull",
 *   category: "telemetry",
 *   severity: "warning",
 *   labels: ["exporter"],
 *   expr: equal(max(metric("otelcol_exporter_queue_size"), { by: ["exporter"] }), 1000),
 *   for: "10m",
 *   summary: ({ exporter }) => `The queue of ${exporter} is full`,
 *   description: ({ exporter }) => `${exporter} has not sent faster than telemetry came in for 10 minutes.`,
 *   impact: "New telemetry is dropped.",
 *   runbook: { meaning: "The back end is slow.", impact: "Gaps in graphs.", diagnosis: [{ text: "Look at the back end." }], mitigation: [{ text: "Scale it." }] },
 *   fires: [{ name: "the queue is full", labels: { exporter: "otlp" }, series: [series(metric("otelcol_exporter_queue_size"), { exporter: "otlp" }, steady(1000))] }],
 *   quiet: [{ name: "the queue is empty", series: [series(metric("otelcol_exporter_queue_size"), { exporter: "otlp" }, steady(0))] }],
 * });
 */
export function defineAlert<const Label extends string = never>(definition: AlertDefinition<Label>): Alert {
  const { summary, description, labels = [], owner = "platform", extraLabels = {}, metrics = [], ...rest } = definition;
  const text = (written: AlertText<Label>): string =>
    typeof written === "string" ? written : written(references(labels), valueReference);
  return {
    ...rest,
    owner,
    labels,
    extraLabels,
    metrics,
    for: definition.for ?? "0s",
    summary: text(summary),
    description: text(description),
  };
}

/**
 * An alert with a threshold that an environment or a team may set otherwise: expression, texts and scenarios are made of it, so that the tests of the
 * alert hold for whatever it is set to.
 *
 * @param threshold The usual value, in the unit of what the expression compares.
 * @param alertAt The alert for a threshold. Scenarios follow it: a little above, a little below.
 * @example
 * import { greaterThan, max, metric } from "@plinth/metrics";
 * const queueLong = defineTunableAlert({ value: 800, unit: "count" }, (limit) =>
 *   defineAlert({
 *     name: "CollectorQueueLong",
 *     category: "telemetry",
 *     severity: "warning",
 *     labels: ["exporter"],
 *     expr: greaterThan(max(metric("otelcol_exporter_queue_size"), { by: ["exporter"] }), limit),
 *     for: "10m",
 *     summary: ({ exporter }) => `The queue of ${exporter} is longer than ${limit}`,
 *     description: ({ exporter }) => `More than ${limit} batches have waited for ${exporter} for 10 minutes.`,
 *     impact: "New telemetry is dropped when the queue is full.",
 *     runbook: { meaning: "The back end is slow.", impact: "Gaps in graphs.", diagnosis: [{ text: "Look at the back end." }], mitigation: [{ text: "Scale it." }] },
 *     fires: [{ name: "it is longer", labels: { exporter: "otlp" }, series: [series(metric("otelcol_exporter_queue_size"), { exporter: "otlp" }, steady(limit + 1))] }],
 *     quiet: [{ name: "it is as long as it may be", series: [series(metric("otelcol_exporter_queue_size"), { exporter: "otlp" }, steady(limit))] }],
 *   }),
 * );
 * queueLong.withThreshold?.(500).summary; // "The queue of {{ $labels.exporter }} is longer than 500"
 */
export function defineTunableAlert(threshold: AlertThreshold, alertAt: (threshold: number) => Alert): Alert {
  const at = (value: number): Alert => ({ ...alertAt(value), threshold: { ...threshold, value }, withThreshold: at });
  return at(threshold.value);
}

function references<Label extends string>(labels: readonly Label[]): Readonly<Record<Label, string>> {
  const byLabel: LabelSet = Object.fromEntries(labels.map((label) => [label, labelReference(label)]));
  if (!hasEach(byLabel, labels)) throw new TypeError("a label has no reference");
  return byLabel;
}

function hasEach<Label extends string>(
  byLabel: LabelSet,
  labels: readonly Label[],
): byLabel is Readonly<Record<Label, string>> {
  return labels.every((label) => Object.hasOwn(byLabel, label));
}
