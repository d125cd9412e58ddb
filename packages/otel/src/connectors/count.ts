import { type Connector, type Options, written } from "../configuration/component.ts";
import { everySignal, metricsOnly, type Signal } from "../configuration/signal.ts";

/** What is counted, and what the metrics are called: by name. What is left out is counted under the connector's own name. */
export interface CountOptions {
  /** @default `trace.span.count` */
  readonly spans?: Readonly<Record<string, CountedMetric>>;
  /** @default `trace.span.event.count` */
  readonly spanEvents?: Readonly<Record<string, CountedMetric>>;
  /** @default `metric.count` */
  readonly metrics?: Readonly<Record<string, Omit<CountedMetric, "attributes">>>;
  /** @default `metric.datapoint.count` */
  readonly dataPoints?: Readonly<Record<string, CountedMetric>>;
  /** @default `log.record.count` */
  readonly logs?: Readonly<Record<string, CountedMetric>>;
  /** Tells two connectors apart. */
  readonly name?: string;
}

export interface CountedMetric {
  readonly description?: string;
  /** Only what one of these conditions in the OpenTelemetry Transformation Language is true for: `log.severity_number >= SEVERITY_NUMBER_ERROR`. @default all */
  readonly conditions?: readonly string[];
  /** Attributes that are counted apart. What lacks one without a default is not counted. @default none */
  readonly attributes?: readonly { readonly key: string; readonly defaultValue?: string | number | boolean }[];
}

/**
 * Counts spans, points and log records. It stands before what samples them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/countconnector
 * @example
 * count({ logs: { "log.error.count": { conditions: ["log.severity_number >= SEVERITY_NUMBER_ERROR"], attributes: [{ key: "event.name", defaultValue: "none" }] } } });
 */
export function count({
  spans,
  spanEvents,
  metrics,
  dataPoints,
  logs,
  name,
}: CountOptions = {}): Connector<Signal, "metrics"> {
  return {
    kind: "connector",
    type: "count",
    ...(name === undefined ? {} : { name }),
    options: written({
      spans: spans && counted(spans),
      spanevents: spanEvents && counted(spanEvents),
      metrics: metrics && counted(metrics),
      datapoints: dataPoints && counted(dataPoints),
      logs: logs && counted(logs),
    }),
    accepts: everySignal,
    emits: metricsOnly,
  };
}

function counted(metrics: Readonly<Record<string, CountedMetric>>): Options {
  return Object.fromEntries(
    Object.entries(metrics).map(([metric, { description, conditions, attributes }]) => [
      metric,
      written({
        description,
        conditions,
        attributes: attributes?.map(({ key, defaultValue }) => written({ key, default_value: defaultValue })),
      }),
    ]),
  );
}
