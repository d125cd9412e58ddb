import { type Operand, printPromqlLine } from "@plinth/metrics";
import type { LokiQuery, PrometheusQuery, Query, TempoQuery } from "./dashboard.ts";

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
): PrometheusQuery {
  return {
    source: "prometheus",
    name,
    expr: printPromqlLine(expression),
    legend: options.legend ?? name,
    exemplars: options.exemplars ?? false,
  };
}

/**
 * One of several questions of a panel, to Loki: the lines themselves, or numbers that are made of them.
 *
 * @param name Unique within the panel; the legend says it when no other is given.
 * @see https://grafana.com/docs/loki/latest/query/
 * @example
 * logQuery("errors", 'sum by (severity_text) (rate({service_name="checkout"} [$__auto]))', { legend: "{{severity_text}}" });
 */
export function logQuery(name: string, logql: string, options: { readonly legend?: string } = {}): LokiQuery {
  return { source: "loki", name, expr: logql, legend: options.legend ?? name };
}

/**
 * One of several questions of a panel, to Tempo.
 *
 * @param name Unique within the panel.
 * @param options `limit`: most traces that are listed. Default 20.
 * @see https://grafana.com/docs/tempo/latest/traceql/
 * @example
 * traceQuery("slow", '{ resource.service.name = "checkout" && duration > 2s }');
 */
export function traceQuery(name: string, traceql: string, options: { readonly limit?: number } = {}): TempoQuery {
  return { source: "tempo", name, traceql, limit: options.limit ?? 20 };
}

/** What a query asks, in the language of its data source. */
export function queryText(query: Query): string {
  return query.source === "tempo" ? query.traceql : query.expr;
}
