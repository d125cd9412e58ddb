import type { LogsPanel, ServiceMapPanel, TracesPanel } from "./dashboard.ts";
import { type AnyPanelOptions, anyPanel } from "./panel-options.ts";
import { logQuery, traceQuery } from "./query.ts";

/**
 * Lines that were logged, newest first. Needs `dataSource("loki")` among the dashboard's variables.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/logs/
 * @example
 * logs("Errors", '{service_name="checkout"} | severity_text="ERROR"', { description: "What checkout logs as errors." });
 */
export function logs(title: string, logql: string, options: AnyPanelOptions): LogsPanel {
  return { kind: "logs", ...anyPanel(title, [logQuery("A", logql)], options, { width: 24, height: 10 }) };
}

export interface TracesOptions extends AnyPanelOptions {
  /** Most traces that are listed. @default 20 */
  readonly limit?: number;
}

/**
 * A list of traces; a click opens one. Needs `dataSource("tempo")` among the dashboard's variables.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/
 * @example
 * traces("Failed requests", '{ resource.service.name = "checkout" && status = error }', { description: "Newest requests that failed." });
 */
export function traces(title: string, traceql: string, options: TracesOptions): TracesPanel {
  const { limit } = options;
  const queries = [traceQuery("A", traceql, limit === undefined ? {} : { limit })];
  return { kind: "traces", ...anyPanel(title, queries, options, { width: 24, height: 8 }) };
}

export interface ServiceMapOptions extends AnyPanelOptions {
  /** Only calls from and to this service; may be a variable. @default every call */
  readonly service?: string;
  /** Only calls that one of these PromQL selectors selects among the service graph's series. @default those of `service` */
  readonly selectors?: readonly string[];
}

/**
 * Who calls whom, from the service graph of the traces. Needs `dataSource("tempo")` among the dashboard's variables, and a Tempo data source
 * that names the Prometheus of the service graph.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/node-graph/
 * @see https://grafana.com/docs/grafana/latest/datasources/tempo/service-graph/
 * @example
 * serviceMap("Neighbours", { service: "checkout", description: "Who calls checkout, and whom it calls." });
 */
export function serviceMap(title: string, options: ServiceMapOptions): ServiceMapPanel {
  const { service } = options;
  const selectors =
    options.selectors ?? (service === undefined ? [] : [`{client="${service}"}`, `{server="${service}"}`]);
  return {
    kind: "service-map",
    ...anyPanel(title, [traceQuery("A", "")], options, { width: 24, height: 12 }),
    selectors,
  };
}
