import type { Environment, Platform, Resource } from "@plinth/core";
import { filledQuery } from "@plinth/dashboards";
import { type AlertingRule, catalogueWith, type Metric, promqlSelectors } from "@plinth/metrics";
import { type ComputedSample, type Evaluation, evaluateComputed, type SeriesLabels } from "@plinth/metrics/evaluation";
import { syntheticSeries } from "@plinth/metrics/synthetic";
import type { PreviewDashboard } from "../dashboard/preview-dashboard.ts";
import { neededRules } from "./needed-rules.ts";
import { rulesOf } from "./rules-of.ts";

/** What was asked, or why Prometheus would refuse it. */
export type Answer = { readonly series: readonly ComputedSample[] } | { readonly problem: string };

/** What a preview shows numbers of. */
export interface PreviewData {
  readonly platform: Platform;
  readonly environment: Environment;
  /** The moment at which everybody looks: seconds since the epoch. */
  readonly now: number;
  /** What an expression gives at these moments; the same is computed once. */
  ask(expression: string, moments: readonly number[]): Answer;
  /** The rule of an alert with these labels. */
  ruleOfAlert(labels: SeriesLabels): AlertingRule | undefined;
}

export interface PreviewDataOptions {
  readonly platform: Platform;
  readonly environment: Environment;
  /** The environment's objects: their rules are evaluated. */
  readonly resources: readonly Resource[];
  /** The dashboards that are going to ask. */
  readonly dashboards: readonly PreviewDashboard[];
  readonly now: number;
  /** Metrics that dashboards ask for beside those of the catalogue. @default none */
  readonly metrics?: readonly Metric[];
}

/** Series that nothing measured, as far as the dashboards ask for them, and what the rules make of those. */
export function previewData(options: PreviewDataOptions): PreviewData {
  const { platform, environment, resources, dashboards, now, metrics = [] } = options;
  const rules = rulesOf(resources);
  const asked = dashboards.flatMap(expressionsOf);
  const needed = neededRules(rules, asked);
  const expressions = [...asked, ...needed.map(({ expr }) => expr)];
  const catalogue = catalogueWith(...metrics);
  const series = syntheticSeries({ platform, environment, now, expressions, catalogue });
  const evaluation = evaluateComputed(series, [{ name: "rendered", rules: needed }]);
  const answers = new Map<string, Answer>();
  const alerts = rules.flatMap((rule) => ("alert" in rule ? [rule] : []));
  return {
    platform,
    environment,
    now,
    ruleOfAlert: (labels) =>
      alerts.find(
        (rule) =>
          rule.alert === labels["alertname"] &&
          Object.entries(rule.labels).every(([label, value]) => value.includes("{{") || labels[label] === value),
      ),
    ask: (expression, moments) => {
      const key = `${moments[0]} ${moments.length} ${expression}`;
      const known = answers.get(key) ?? answerOf(evaluation, expression, moments);
      answers.set(key, known);
      return known;
    },
  };
}

function answerOf(evaluation: Evaluation, expression: string, moments: readonly number[]): Answer {
  try {
    return { series: evaluation.over(expression, moments) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

// What a preview asks itself: for the map of services and for made-up traces.
const calls = ["traces_service_graph_request_total", "traces_service_graph_request_failed_total"];
const spans = ["traces_span_metrics_calls_total"];

/** Every expression of a dashboard, with something in place of its variables that parses and selects all. */
function expressionsOf({ panels, annotations, variables }: PreviewDashboard): readonly string[] {
  const anything = new Map([
    ...variables.map(({ name }) => [name, ".+"] as const),
    ...["__rate_interval", "__interval", "__range"].map((name) => [name, "5m"] as const),
  ]);
  const targets = [...panels.flatMap((panel) => panel.targets), ...annotations.map(({ target }) => target)];
  const queries = targets.flatMap(({ source, query }) => (source === "prometheus" ? [query] : []));
  const selectors = variables.flatMap(({ values }) => values?.selector ?? []);
  const own = [
    ...ownExpressionsFor(panels.map(({ type }) => type)),
    ...panels.flatMap(({ type, alertMatchers }) => (type === "alertlist" ? [`ALERTS${alertMatchers || "{}"}`] : [])),
  ];
  return [...queries, ...selectors, ...own]
    .map((query) => filledQuery(query.replaceAll(/=\s*"\$\{?\w+\}?"/g, '=~".+"'), anything))
    .filter((query) => query !== "" && isReadable(query));
}

function ownExpressionsFor(types: readonly string[]): readonly string[] {
  return [
    ...(types.includes("nodeGraph") ? calls : []),
    ...(types.some((type) => ["table", "logs"].includes(type)) ? spans : []),
  ];
}

function isReadable(expression: string): boolean {
  try {
    promqlSelectors(expression);
    return true;
  } catch {
    return false;
  }
}

/** Moments from the beginning of a range up to now. */
export function momentsOf(range: number, now: number, count = 90): readonly number[] {
  const step = range / count;
  return Array.from({ length: count + 1 }, (_, index) => now - range + index * step);
}
