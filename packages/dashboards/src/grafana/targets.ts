import type { dataquery as LokiDataquery } from "@grafana/grafana-foundation-sdk/loki";
import type { Dataquery as PrometheusDataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import type { Dataquery as TempoDataquery } from "@grafana/grafana-foundation-sdk/tempo";
import type { LokiQuery, PrometheusQuery, Query, TempoQuery } from "../model/dashboard.ts";
import { dataSourceReference } from "./data-source.ts";
import type { Plain } from "./grafana-types.ts";

/** A query as Grafana's builders take it. */
export interface TargetBuilder {
  build(): Target;
}

/** The builders tell queries from other things by a function, which JSON leaves out. */
interface Target {
  _implementsDataqueryVariant(): void;
}

/** How the answer is to look. */
export interface TargetForm {
  /** Over the dashboard's time range, or at its end. */
  readonly over: "range" | "instant";
  readonly format?: "table" | "heatmap";
}

/** A query in the form that its panel needs. */
export function target(query: Query, form: TargetForm): TargetBuilder {
  switch (query.source) {
    case "prometheus":
      return built(prometheusTarget(query, form));
    case "loki":
      return built(lokiTarget(query, form));
    case "tempo":
      return built(tempoTarget(query));
  }
}

/** The service map of Tempo: the calls that the selectors select. */
export function serviceMapTarget({ name }: TempoQuery, selectors: readonly string[]): TargetBuilder {
  const query: Plain<TempoDataquery> = {
    refId: name,
    datasource: dataSourceReference("tempo"),
    queryType: "serviceMap",
    filters: [],
    ...(selectors.length === 0 ? {} : { serviceMapQuery: selectors }),
  };
  return built(query);
}

/**
 * A question that is written, not clicked together, opens as code.
 *
 * @see https://github.com/grafana/grafana/blob/main/packages/grafana-prometheus/src/querybuilder/state.ts
 * @see https://github.com/grafana/grafana/blob/main/pkg/promlib/models/query.go
 */
function prometheusTarget(
  { name, expr, legend, exemplars }: PrometheusQuery,
  { over, format }: TargetForm,
): Plain<PrometheusDataquery> {
  return {
    refId: name,
    datasource: dataSourceReference("prometheus"),
    expr,
    ...(legend === "" ? {} : { legendFormat: legend }),
    // Where neither is said, the question is asked over a range.
    ...(over === "instant" ? { instant: true } : {}),
    ...(over === "range" && exemplars ? { exemplar: true } : {}),
    ...(format === undefined ? {} : { format }),
  };
}

/** @see https://github.com/grafana/grafana/blob/main/public/app/plugins/datasource/loki/querybuilder/state.ts */
function lokiTarget({ name, expr, legend }: LokiQuery, { over }: TargetForm): Plain<LokiDataquery> {
  return {
    refId: name,
    datasource: dataSourceReference("loki"),
    expr,
    ...(legend === "" ? {} : { legendFormat: legend }),
    queryType: over,
  };
}

function tempoTarget({ name, traceql, limit }: TempoQuery): Plain<TempoDataquery> {
  return {
    refId: name,
    datasource: dataSourceReference("tempo"),
    queryType: "traceql",
    query: traceql,
    limit,
    tableType: "traces",
    filters: [],
  };
}

function built(query: object): TargetBuilder {
  const object = { ...query, _implementsDataqueryVariant: () => {} };
  return { build: () => object };
}
