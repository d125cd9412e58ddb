import { type Processor, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface TransformOptions {
  /** Statements for traces, in the OpenTelemetry Transformation Language, with full paths: `set(resource.attributes["a"], "b")`. @default none */
  readonly traces?: readonly string[];
  /** Statements for metrics. @default none */
  readonly metrics?: readonly string[];
  /** Statements for logs. @default none */
  readonly logs?: readonly string[];
  /** What a statement that fails does: `ignore` logs it and goes on, `propagate` drops the data. @default "ignore"; the collector's own default is "propagate" */
  readonly errorMode?: "ignore" | "silent" | "propagate";
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Changes data by statements.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/transformprocessor
 * @example
 * transform({ logs: ['set(log.attributes["team"], "data") where resource.attributes["service.name"] == "accounting"'] });
 */
export function transform({ traces, metrics, logs, errorMode = "ignore", name }: TransformOptions): Processor<Signal> {
  return {
    kind: "processor",
    type: "transform",
    ...(name === undefined ? {} : { name }),
    options: written({
      error_mode: errorMode,
      trace_statements: traces,
      metric_statements: metrics,
      log_statements: logs,
    }),
    carries: everySignal,
  };
}

/**
 * A text as a literal of the OpenTelemetry Transformation Language. The collector reads `$` in a configuration as the start of a variable, so it is doubled.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/pkg/ottl/LANGUAGE.md
 * @example
 * ottlText("checkout"); // "\"checkout\""
 */
export function ottlText(text: string): string {
  return JSON.stringify(text).replaceAll("$", "$$$$");
}
