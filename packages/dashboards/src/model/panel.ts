import { type Operand, printPromqlLine } from "@plinth/metrics";
import type { Query, StatPanel, TimeseriesPanel, UrlLink } from "./dashboard.ts";
import { logicalId } from "./logical-id.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Unit } from "./units.ts";

/** What every panel says beside its title and its queries. */
export interface PanelOptions {
  readonly unit: Unit;
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  /** Names the panel for good: links and its number in Grafana keep when the title changes. @default the title in small letters, with hyphens */
  readonly id?: string;
  /** How a series of the only query is called: text with `{{label}}`. @default the labels that tell the series apart */
  readonly legend?: string;
  /** Columns, of 24. @default 8 for a time series, 6 for a number */
  readonly width?: number;
  /** Grid rows, of 30 pixels each. @default 8 for a time series, 4 for a number */
  readonly height?: number;
  /** The least value of the axis. @default what the data needs */
  readonly min?: number;
  /** The greatest value of the axis. @default what the data needs */
  readonly max?: number;
  /** Digits after the point. @default what the value needs */
  readonly decimals?: number;
  /** Which values are good, which are not: see `badAbove` and `badBelow`. @default no judgement */
  readonly thresholds?: Thresholds;
  /** Where to look next. @default nowhere */
  readonly links?: readonly UrlLink[];
}

export interface TimeseriesOptions extends PanelOptions {
  /** Draws the series on top of each other: for parts of a whole. @default false */
  readonly stacked?: boolean;
}

/**
 * One of several questions of a panel.
 *
 * @param name Unique within the panel; the legend says it when no other is given.
 * @example
 * import { bucketsOf, histogramQuantile, rate, spanMetrics, sum } from "@plinth/metrics";
 * query("p95", histogramQuantile(0.95, sum(rate(bucketsOf(spanMetrics.duration), "$__rate_interval"), { by: ["le"] })), { exemplars: true });
 */
export function query(
  name: string,
  expression: Operand,
  options: { readonly legend?: string; readonly exemplars?: boolean } = {},
): Query {
  return {
    name,
    expr: printPromqlLine(expression),
    legend: options.legend ?? name,
    exemplars: options.exemplars ?? false,
  };
}

/**
 * Lines over time.
 *
 * @param expression One PromQL expression, or several queries with a name each.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/time-series/
 * @example
 * import { defineMetric, rate } from "@plinth/metrics";
 * const points = defineMetric({ name: "loyalty_points_total", type: "counter", unit: "count", labels: ["route"], help: "Points that were booked." });
 * timeseries("Booked points", rate(points, "$__rate_interval"), { unit: "ops", description: "Points booked per second." });
 */
export function timeseries(
  title: string,
  expression: Operand | readonly Query[],
  options: TimeseriesOptions,
): TimeseriesPanel {
  return {
    kind: "timeseries",
    ...panelBase(title, expression, options, { width: 8, height: 8 }),
    stacked: options.stacked ?? false,
  };
}

/**
 * The newest value as a large number, one for each series.
 *
 * @param expression One PromQL expression, or several queries with a name each.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/stat/
 * @example
 * import { count, metric } from "@plinth/metrics";
 * stat("Pods", count(metric("kube_pod_info")), { unit: "short", description: "Pods that there are." });
 */
export function stat(title: string, expression: Operand | readonly Query[], options: PanelOptions): StatPanel {
  return { kind: "stat", ...panelBase(title, expression, options, { width: 6, height: 4 }) };
}

function isQueries(expression: Operand | readonly Query[]): expression is readonly Query[] {
  return Array.isArray(expression);
}

function panelBase(
  title: string,
  expression: Operand | readonly Query[],
  options: PanelOptions,
  size: { width: number; height: number },
): Omit<StatPanel, "kind"> {
  const { unit, description, min, max, decimals, thresholds } = options;
  return {
    id: options.id ?? logicalId(title),
    title,
    description,
    unit,
    // Grafana writes the labels that differ between series where the legend says `__auto`.
    queries: isQueries(expression) ? expression : [query("A", expression, { legend: options.legend ?? "__auto" })],
    width: options.width ?? size.width,
    height: options.height ?? size.height,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(thresholds === undefined ? {} : { thresholds }),
    links: options.links ?? [],
  };
}
