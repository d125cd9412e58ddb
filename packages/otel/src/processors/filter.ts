import { type Options, type Processor, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface FilterOptions {
  /** Spans that are dropped: conditions in the OpenTelemetry Transformation Language with full paths, any of which suffices. @default none */
  readonly traces?: readonly FilterCondition[];
  /** Metrics and points that are dropped. @default none */
  readonly metrics?: readonly FilterCondition[];
  /** Log records that are dropped. @default none */
  readonly logs?: readonly FilterCondition[];
  /** What a condition that fails does: `ignore` logs it and goes on, `propagate` drops all of the data. @default "ignore" */
  readonly errorMode?: "ignore" | "silent" | "propagate";
  /** Tells two processors apart. */
  readonly name?: string;
}

/** A condition: `resource.attributes["k8s.namespace.name"] == "kube-system"`. A text in it is written by `ottlText`. */
export type FilterCondition = string;

/**
 * Drops what a condition is true for. Stands before `batch`, so that full batches leave.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/filterprocessor
 * @example
 * filter({ traces: ['span.attributes["url.path"] == "/healthz"'], logs: ["log.severity_number < SEVERITY_NUMBER_INFO"] });
 */
export function filter({ traces, metrics, logs, errorMode = "ignore", name }: FilterOptions): Processor<Signal> {
  return {
    kind: "processor",
    type: "filter",
    ...(name === undefined ? {} : { name }),
    options: written({
      error_mode: errorMode,
      ...conditions("trace_conditions", traces),
      ...conditions("metric_conditions", metrics),
      ...conditions("log_conditions", logs),
    }),
    carries: everySignal,
  };
}

function conditions(option: string, given: readonly FilterCondition[] | undefined): Options {
  return given === undefined || given.length === 0 ? {} : { [option]: given };
}
