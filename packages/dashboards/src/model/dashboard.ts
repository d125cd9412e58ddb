import type { LintExclusion } from "../lint/lint-rule.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Unit } from "./units.ts";

/** A page of panels, as plain data. `dashboardJson` makes Grafana's JSON of it, `lintDashboard` says what is wrong with that. */
export interface Dashboard {
  /** Names it in links for good: at most 40 letters, digits, `-` and `_`. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** The range that it opens with, up to now: a Prometheus duration. */
  readonly timeRange: string;
  /** How often it asks again: a Prometheus duration. */
  readonly refresh: string;
  readonly dataSources: readonly DataSourceVariable[];
  /** Shown at the top. */
  readonly links: readonly Link[];
  readonly rows: readonly Row[];
  /** Lint rules that it does not follow, each with the reason. */
  readonly exclusions: readonly LintExclusion[];
}

/** Panels under one heading. */
export interface Row {
  /** Unique within the dashboard. */
  readonly id: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  /** What its queries need beside the data sources. */
  readonly variables: readonly Variable[];
}

/** One picture. */
export type Panel = TimeseriesPanel | StatPanel;

export interface TimeseriesPanel extends PanelBase {
  readonly kind: "timeseries";
  /** Draws the series on top of each other: for parts of a whole. */
  readonly stacked: boolean;
}

/** The newest value, large, one for each series. */
export interface StatPanel extends PanelBase {
  readonly kind: "stat";
}

interface PanelBase {
  /** Unique within the row: the panel's number in Grafana is made of both. */
  readonly id: string;
  readonly title: string;
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Columns, of 24. */
  readonly width: number;
  /** Grid rows, of 30 pixels each. */
  readonly height: number;
  /** Ends of the axis; Grafana chooses when they are left out. */
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly thresholds?: Thresholds;
  /** In the panel's menu: where to look next. */
  readonly links: readonly UrlLink[];
}

/** A question to Prometheus. */
export interface Query {
  /** Unique within the panel: Grafana's refId. */
  readonly name: string;
  /** PromQL; may hold Grafana's variables. */
  readonly expr: string;
  /** How a series is called: text with `{{label}}`. */
  readonly legend: string;
  /** Also fetches the traces that stand behind the numbers. */
  readonly exemplars: boolean;
}

/** Something that the reader chooses at the top. */
export type Variable = DataSourceVariable | LabelVariable;

/** The data source that the dashboard reads, so that one dashboard serves every Grafana. Its variable is called `<type>_datasource`. */
export interface DataSourceVariable {
  readonly kind: "data-source";
  readonly type: DataSourceType;
}

export type DataSourceType = "prometheus" | "loki" | "tempo";

/** The values of a label; several may be chosen, all are to begin with. In a query: `span_name=~"$operation"`. */
export interface LabelVariable {
  readonly kind: "label";
  readonly name: string;
  /** What the reader sees before the choice. */
  readonly title: string;
  readonly description: string;
  /** A PromQL selector: the series whose label is read. */
  readonly selector: string;
  readonly label: string;
}

/** Somewhere else to look. */
export type Link = UrlLink | TagLink;

export interface UrlLink {
  readonly kind: "url";
  readonly title: string;
  readonly description: string;
  /** May hold Grafana's variables. */
  readonly url: string;
  /** Takes the time range along. */
  readonly keepTime: boolean;
}

/** Every dashboard that has all of these tags, as a list that opens. */
export interface TagLink {
  readonly kind: "tags";
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
}
