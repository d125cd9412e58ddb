import type { Query, TableColumn, TablePanel, UrlLink } from "./dashboard.ts";
import { type PanelOptions, valuePanel } from "./panel-options.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Unit } from "./units.ts";

export interface TableOptions extends Omit<PanelOptions, "legend" | "min" | "max" | "thresholds"> {
  /** From left to right; what is not named is not shown. */
  readonly columns: readonly TableColumn[];
  /** Title of the column that the lines are sorted by, the greatest first. @default as the data comes */
  readonly sortBy?: string;
}

/**
 * One line for each set of labels, with the newest numbers of several queries side by side. Queries whose labels are the same share a line.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/table/
 * @example
 * import { count, metric } from "@plinth/metrics";
 * table("Namespaces", [query("pods", count(metric("kube_pod_info"), { by: ["namespace"] }))], {
 *   unit: "short",
 *   description: "What runs in each namespace.",
 *   columns: [column("Namespace", { label: "namespace" }), column("Pods", { query: "pods" })],
 *   sortBy: "Pods",
 * });
 */
export function table(title: string, queries: readonly Query[], options: TableOptions): TablePanel {
  const { columns, sortBy } = options;
  return {
    kind: "table",
    ...valuePanel(title, queries, options, { width: 24, height: 8 }),
    columns,
    ...(sortBy === undefined ? {} : { sortBy }),
  };
}

export interface ColumnOptions {
  /** @default that of the panel for a number, text for a label */
  readonly unit?: Unit;
  /** Colours the cell. @default no judgement */
  readonly thresholds?: Thresholds;
  /** Where a click on the cell leads. May hold `${__value.text}` and `${__data.fields.<title>}`. @default nowhere */
  readonly link?: UrlLink;
}

/**
 * A column of a table: the number of a query, or the value of a label.
 *
 * @example
 * column("Budget left", { query: "left" }, { unit: "percentunit", thresholds: badBelow({ warning: 0.25, bad: 0 }) });
 * column("Service", { label: "service_name" }, { link: dashboardLink("Service", "service-${__value.text}", { description: "The service's dashboard." }) });
 */
export function column(title: string, shows: TableColumn["shows"], options: ColumnOptions = {}): TableColumn {
  const { unit, thresholds, link } = options;
  return {
    title,
    shows,
    ...(unit === undefined ? {} : { unit }),
    ...(thresholds === undefined ? {} : { thresholds }),
    ...(link === undefined ? {} : { link }),
  };
}
