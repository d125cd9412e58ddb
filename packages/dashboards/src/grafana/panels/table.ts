import type {
  DataTransformerConfig,
  DynamicConfigValue,
  PanelBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options } from "@grafana/grafana-foundation-sdk/table";
import type { TableColumn, TablePanel } from "../../model/dashboard.ts";
import type { Plain } from "../grafana-types.ts";
import { dataLink } from "../links.ts";
import { target } from "../targets.ts";
import { thresholdsBuilder } from "../thresholds.ts";
import { describedValues, type PanelPlace } from "./panel-builder.ts";

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/panel/table/module.tsx for what Grafana takes where an option is not said */
export function tableBuilder(panel: TablePanel, place: PanelPlace): PanelBuilder {
  const options: Plain<Partial<Options>> = {
    ...(panel.sortBy === undefined ? {} : { sortBy: [{ displayName: panel.sortBy, desc: true }] }),
  };
  const builder = describedValues("table", panel, place)
    .targets(panel.queries.map((query) => target(query, { over: "instant", format: "table" })))
    .transformations(transformations(panel))
    .options(options)
    .thresholds(thresholdsBuilder(undefined));
  for (const column of panel.columns) {
    const properties = columnProperties(column);
    if (properties.length > 0) builder.overrideByName(column.title, properties);
  }
  return builder;
}

/**
 * Lines of the same labels become one; then only what a column shows, in order and by its title.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data/
 */
function transformations(panel: TablePanel): DataTransformerConfig[] {
  const fields = panel.columns.map((column) => ({ title: column.title, field: fieldOf(column, panel) }));
  return [
    { id: "merge", options: {} },
    { id: "filterFieldsByName", options: { include: { names: fields.map(({ field }) => field) } } },
    {
      id: "organize",
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(fields.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(fields.map(({ field, title }) => [field, title])),
      },
    },
  ];
}

/**
 * What the data source calls a column: numbers by their query, unless there is only one.
 *
 * @see https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/result_transformer.ts
 */
function fieldOf({ shows }: TableColumn, { queries }: TablePanel): string {
  if ("label" in shows) return shows.label;
  const only = queries.length === 1 && queries[0]?.name === shows.query;
  return only ? "Value" : `Value #${shows.query}`;
}

function columnProperties({ unit, thresholds, link }: TableColumn): DynamicConfigValue[] {
  return [
    ...(unit === undefined ? [] : [{ id: "unit", value: unit }]),
    ...(thresholds === undefined
      ? []
      : [
          { id: "custom.cellOptions", value: { type: "color-background", mode: "basic" } },
          { id: "color", value: { mode: "thresholds" } },
          { id: "thresholds", value: thresholdsBuilder(thresholds).build() },
        ]),
    ...(link === undefined ? [] : [{ id: "links", value: [dataLink(link)] }]),
  ];
}
