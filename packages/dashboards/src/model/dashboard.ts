import type { Finding } from "@plinth/core";
import type { Metric } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { State, Thresholds } from "./thresholds.ts";
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
  /** What happened when, as marks on every panel. @default none */
  readonly annotations?: readonly Annotation[];
  /** Lint rules that it does not follow, each with the reason. */
  readonly exclusions: readonly LintExclusion[];
  /** Name of the service that it is about, where it is about one. @default none */
  readonly service?: string;
  /** Metrics that its queries ask for and that the catalogue does not have. @default none */
  readonly metrics?: readonly Metric[];
  /** What could not be made as it was asked for. @default nothing */
  readonly findings?: readonly Finding[];
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
export type Panel =
  | TimeseriesPanel
  | StatPanel
  | BarGaugePanel
  | TablePanel
  | HeatmapPanel
  | StateTimelinePanel
  | LogsPanel
  | TracesPanel
  | ServiceMapPanel
  | AlertListPanel
  | TextPanel;

export interface TimeseriesPanel extends ValuePanel {
  readonly kind: "timeseries";
  /** Draws the series on top of each other: for parts of a whole. */
  readonly stacked: boolean;
}

/** The newest value, large, one for each series. */
export interface StatPanel extends ValuePanel {
  readonly kind: "stat";
}

/** The newest value of each series as a bar: for a league of things of one kind. */
export interface BarGaugePanel extends ValuePanel {
  readonly kind: "bar-gauge";
}

/** One line for each set of labels, its numbers from several queries side by side. */
export interface TablePanel extends ValuePanel {
  readonly kind: "table";
  /** From left to right; what is not named is not shown. */
  readonly columns: readonly TableColumn[];
  /** Title of the column that the lines are sorted by, the greatest first. */
  readonly sortBy?: string;
}

export interface TableColumn {
  readonly title: string;
  /** Name of the query whose number stands here, or the label whose value does. */
  readonly shows: { readonly query: string } | { readonly label: string };
  /** @default that of the panel for a number, text for a label */
  readonly unit?: Unit;
  /** Colours the cell. */
  readonly thresholds?: Thresholds;
  /** Where a click on the cell leads. May hold `${__value.text}` and `${__data.fields.<title>}`. */
  readonly link?: UrlLink;
}

/** How values are spread over time: buckets of a histogram. */
export interface HeatmapPanel extends ValuePanel {
  readonly kind: "heatmap";
}

/** States over time, a bar for each series: their numbers stand for what `states` says. */
export interface StateTimelinePanel extends ValuePanel {
  readonly kind: "state-timeline";
  readonly states: readonly NamedState[];
}

export interface NamedState {
  readonly value: number;
  readonly text: string;
  readonly state: State | "unknown";
}

/** Lines that were logged, newest first. */
export interface LogsPanel extends PanelBase {
  readonly kind: "logs";
}

/** A list of traces; a click opens one. */
export interface TracesPanel extends PanelBase {
  readonly kind: "traces";
}

/** Who calls whom, from the service graph. */
export interface ServiceMapPanel extends PanelBase {
  readonly kind: "service-map";
  /** PromQL selectors of the service graph's series: a call is drawn that one of them selects. Every call when there are none. */
  readonly selectors: readonly string[];
}

/** Alerts that fire or are about to, narrowed by their labels. */
export interface AlertListPanel extends PanelBase {
  readonly kind: "alert-list";
  /** Matchers as Alertmanager has them: `{team="backend"}`. */
  readonly matchers: string;
}

/** Words, as Markdown. */
export interface TextPanel extends PanelBase {
  readonly kind: "text";
  readonly markdown: string;
}

interface PanelBase {
  /** Unique within the row: the panel's number in Grafana is made of both. */
  readonly id: string;
  readonly title: string;
  /** What it shows, and what to do when it looks wrong. */
  readonly description: string;
  readonly queries: readonly Query[];
  /** Columns, of 24. */
  readonly width: number;
  /** Grid rows, of 30 pixels each. */
  readonly height: number;
  /** In the panel's menu: where to look next. */
  readonly links: readonly UrlLink[];
}

/** A picture of numbers. */
interface ValuePanel extends PanelBase {
  readonly unit: Unit;
  /** Ends of the axis; Grafana chooses when they are left out. */
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly thresholds?: Thresholds;
}

/** A question to a data source. */
export type Query = PrometheusQuery | LokiQuery | TempoQuery;

interface QueryBase {
  /** Unique within the panel: Grafana's refId. */
  readonly name: string;
}

/** A question to Prometheus. */
export interface PrometheusQuery extends QueryBase {
  readonly source: "prometheus";
  /** PromQL; may hold Grafana's variables. */
  readonly expr: string;
  /** How a series is called: text with `{{label}}`. */
  readonly legend: string;
  /** Also fetches the traces that stand behind the numbers. */
  readonly exemplars: boolean;
}

/** A question to Loki. */
export interface LokiQuery extends QueryBase {
  readonly source: "loki";
  /** LogQL; may hold Grafana's variables. */
  readonly expr: string;
  readonly legend: string;
}

/** A question to Tempo; the empty text asks for the service map. */
export interface TempoQuery extends QueryBase {
  readonly source: "tempo";
  /** TraceQL; may hold Grafana's variables. */
  readonly traceql: string;
  /** Most traces that are listed. */
  readonly limit: number;
}

/** Something that happened, as a mark on every panel: a deployment, an alert. */
export interface Annotation {
  /** Unique within the dashboard; the reader can turn it off. */
  readonly name: string;
  readonly description: string;
  /** Where the query gives a value there is a mark. */
  readonly query: PrometheusQuery | LokiQuery;
  /** What stands at the mark: text with `{{label}}`. */
  readonly text: string;
  readonly state: State | "neutral";
}

/** Something that the reader chooses at the top. */
export type Variable = DataSourceVariable | LabelVariable | ChoiceVariable;

/** One of a few texts. In a query: `$name`. */
export interface ChoiceVariable {
  readonly kind: "choice";
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The first is chosen to begin with. */
  readonly values: readonly { readonly text: string; readonly value: string }[];
}

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
  /** One value only, the first to begin with. @default several, all to begin with */
  readonly single?: boolean;
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
