import type { Operand } from "@plinth/metrics";
import type { Query, StatPanel, TextPanel, UrlLink } from "./dashboard.ts";
import { logicalId } from "./logical-id.ts";
import { query } from "./query.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Unit } from "./units.ts";

/** What every panel says beside its title. */
export interface AnyPanelOptions {
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  /** Names the panel for good: links and its number in Grafana keep when the title changes. @default the title in small letters, with hyphens */
  readonly id?: string;
  /** Columns, of 24. @default what its kind needs: 8 for a time series, 6 for a number */
  readonly width?: number;
  /** Grid rows, of 30 pixels each. @default what its kind needs: 8 for a time series, 4 for a number */
  readonly height?: number;
  /** Where to look next. @default nowhere */
  readonly links?: readonly UrlLink[];
}

/** What a panel of numbers says beside its title and its queries. */
export interface PanelOptions extends AnyPanelOptions {
  readonly unit: Unit;
  /** How a series of the only query is called: text with `{{label}}`. @default the labels that tell the series apart */
  readonly legend?: string;
  /** The least value of the axis. @default 0 for a time series of shares that are never below it; otherwise what the data needs */
  readonly min?: number;
  /** The greatest value of the axis. @default what the data needs */
  readonly max?: number;
  /** Digits after the point. @default what the value needs */
  readonly decimals?: number;
  /** Which values are good, which are not: see `badAbove` and `badBelow`. @default no judgement */
  readonly thresholds?: Thresholds;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What all panels have in common. */
export function anyPanel(
  title: string,
  queries: readonly Query[],
  options: AnyPanelOptions,
  size: Size,
): Omit<TextPanel, "kind" | "markdown"> {
  return {
    id: options.id ?? logicalId(title),
    title,
    description: options.description,
    queries,
    width: options.width ?? size.width,
    height: options.height ?? size.height,
    links: options.links ?? [],
  };
}

/** What all panels of numbers have in common. */
export function valuePanel(
  title: string,
  expression: Operand | readonly Query[],
  options: PanelOptions,
  size: Size,
): Omit<StatPanel, "kind"> {
  const { unit, min, max, decimals, thresholds } = options;
  // Grafana writes the labels that differ between series where the legend says `__auto`.
  const queries = isQueries(expression) ? expression : [query("A", expression, { legend: options.legend ?? "__auto" })];
  return {
    ...anyPanel(title, queries, options, size),
    unit,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(thresholds === undefined ? {} : { thresholds }),
  };
}

function isQueries(expression: Operand | readonly Query[]): expression is readonly Query[] {
  return Array.isArray(expression);
}
