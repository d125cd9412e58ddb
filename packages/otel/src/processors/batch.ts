import { type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface BatchOptions {
  /** A batch leaves after this time, whatever its size. @default "200ms" */
  readonly timeout?: Duration;
  /** A batch leaves with this many spans, metric points or log records. @default 8192 */
  readonly sendBatchSize?: number;
  /** A larger batch is split; 0 splits none. @default 0 */
  readonly sendBatchMaxSize?: number;
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Puts data together, so that fewer and larger requests leave. Exporters with a sending queue batch better there: a batch that cannot be sent stays
 * in the queue. This processor is for those without, such as prometheus_remote_write.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/batchprocessor
 * @example
 * batch({ timeout: "1s" });
 */
export function batch({ timeout, sendBatchSize, sendBatchMaxSize, name }: BatchOptions = {}): Processor<Signal> {
  return {
    kind: "processor",
    type: "batch",
    ...(name === undefined ? {} : { name }),
    options: written({ timeout, send_batch_size: sendBatchSize, send_batch_max_size: sendBatchMaxSize }),
    carries: everySignal,
  };
}
