import type { Platform } from "@plinth/core";
import {
  alertPanel,
  alertVariables,
  type DashboardVariable,
  type Expression,
  labelsOfPromql,
  type MetricUnit,
  matching,
  narrowedBy,
  type PlatformDashboardTopic,
  printPromqlLine,
  runbookUrl,
} from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { TimeseriesPanel } from "../model/dashboard.ts";
import { link } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import type { Thresholds } from "../model/thresholds.ts";
import { type LookBack, lookBacksOf } from "./look-backs.ts";
import { type Measurement, measurementsOf } from "./measurement.ts";

/** What a dashboard needs to know of an alert to draw what it measures. */
export interface AlertPanel {
  /** The alert's name: `NodeNotReady`. */
  readonly alert: string;
  readonly topic: PlatformDashboardTopic;
  /** What must hold for the alert to fire. */
  readonly expression: Expression;
  /** Labels that the expression gives. */
  readonly labels: readonly string[];
  /** How long it must hold: a Prometheus duration. */
  readonly for: string;
  /** What the alert compares with, where that may be set: its unit is that of the panel. */
  readonly threshold?: { readonly value: number; readonly unit: MetricUnit };
  /** One line about what happens; may hold references to labels as Prometheus fills them in. */
  readonly summary: string;
  /** What it does to users or teams, in one sentence. */
  readonly impact: string;
}

/** The panel of an alert, and the rules that it does not follow. */
export interface DrawnAlert {
  readonly panel: TimeseriesPanel;
  readonly exclusions: readonly LintExclusion[];
}

/**
 * The panel of an alert: what it measures, its threshold as a line, what that means, and the way to the runbook.
 *
 * @param alerts All alerts of one name: several where teams have it otherwise.
 */
export function drawnAlert(platform: Platform, [first, ...others]: readonly [AlertPanel, ...AlertPanel[]]): DrawnAlert {
  const runbook = runbookUrl(platform, first.alert);
  const lines = [first, ...others].flatMap((of) => measurementsOf(of).map((measurement) => ({ measurement, of })));
  const measurements = lines.map(({ measurement }) => measurement);
  const labels = first.labels.map((label) => `{{${label}}}`);
  const drawn = lines.flatMap(({ measurement, of }, index) => {
    const { name, measured, limit } = measurement;
    const earlier = measurements.slice(0, index).filter((other) => other.name === name).length;
    const rest = [...(lines.length === 1 ? [] : [name]), ...(earlier === 0 ? [] : [`${earlier + 1}`])];
    const words = [...labels, ...rest];
    const legend = words.length === 0 ? "measured" : words.join(" ");
    if (limit === undefined) return [{ legend, expression: narrowedByVariables(measured, of) }];
    // One limit may hold for several: it lacks the labels that tell those apart.
    const possible = labelsOfPromql(printPromqlLine(limit));
    const ofLimit = first.labels.filter((label) => possible?.has(label) ?? true).map((label) => `{{${label}}}`);
    return [
      { legend, expression: narrowedByVariables(measured, of) },
      { legend: [...ofLimit, ...rest, "limit"].join(" "), expression: narrowedByVariables(limit, of) },
    ];
  });
  const lookBacks = drawn.flatMap(({ expression }) => lookBacksOf(expression));
  const thresholds = sharedThresholds(measurements);
  return {
    panel: timeseries(
      first.alert,
      drawn.map(({ legend, expression }, index) =>
        query(refId(index), expression, { legend, exemplars: asksForQuantile(expression) }),
      ),
      {
        id: alertPanel(first.alert).panel,
        unit: measurements[0]?.unit ?? "short",
        ...(thresholds === undefined ? {} : { thresholds }),
        description: describe(first, measurements),
        links: [link("Runbook", runbook, { description: `What to do when ${first.alert} fires.` })],
      },
    ),
    exclusions: alertExclusions(first.alert, lookBacks),
  };
}

/** The variables by which the panels of alerts are narrowed, each once. */
export function variablesOfAlerts(alerts: readonly AlertPanel[]): readonly DashboardVariable[] {
  return [...new Set(alerts.flatMap(({ expression, labels }) => alertVariables(expression, labels)))];
}

function narrowedByVariables(expression: Expression, { expression: whole, labels }: AlertPanel): Expression {
  return alertVariables(whole, labels).reduce<Expression>(
    (narrowed, name) => narrowedBy(narrowed, name, matching(`$${name}`)),
    expression,
  );
}

/** `A`, `B`, `C`, as Grafana itself names queries. */
function refId(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

/** Traces stand behind a latency: the lint asks for them wherever there is one. */
function asksForQuantile(expression: Expression): boolean {
  return lookBacksOf(expression).some(({ calls }) => calls.includes("histogram_quantile"));
}

/** The thresholds where all have the same: two lines would not say which is whose. */
function sharedThresholds(measurements: readonly Measurement[]): Thresholds | undefined {
  const texts = new Set(measurements.map(({ thresholds }) => JSON.stringify(thresholds)));
  return texts.size === 1 ? measurements[0]?.thresholds : undefined;
}

function describe(alert: AlertPanel, measurements: readonly Measurement[]): string {
  const fires = [...new Set(measurements.map((each) => each.fires))].join(" or ");
  const holds = alert.for === "0s" ? "" : ` for ${alert.for}`;
  const beside = measurements.some(({ guarded }) => guarded) ? ", and its other conditions hold" : "";
  return `${withoutReferences(alert.summary)}. ${alert.impact} Fires when ${fires}${holds}${beside}.`;
}

/** What Prometheus would fill in: here there is no one object yet. */
function withoutReferences(text: string): string {
  return text
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => `\`${label}\``)
    .replace(/^\{\{ \$value[^}]*\}\}/, "A share")
    .replace(/\{\{ \$value[^}]*\}\}/g, "a share")
    .replace(/[.\s]+$/, "");
}

const asTheAlert = "the panel looks back as far as the alert that it draws, and reads what the alert reads";

/** Rules that the panel of an alert cannot follow, because it draws exactly what the alert measures. */
function alertExclusions(panel: string, lookBacks: readonly LookBack[]): readonly LintExclusion[] {
  const isRate = (call: string | undefined): boolean => call === "rate" || call === "irate";
  const rates = lookBacks.some(({ call, range }) => range !== undefined && isRate(call));
  const counters = lookBacks.some(
    ({ series, call, range }) =>
      series.endsWith("_total") && (range === undefined || !(isRate(call) || call === "increase")),
  );
  return [
    ...(rates ? [{ rule: "target-rate-interval" as const, panel, because: asTheAlert }] : []),
    ...(counters ? [{ rule: "target-counter-agg" as const, panel, because: asTheAlert }] : []),
  ];
}
