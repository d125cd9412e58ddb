import { type Extension, idOf, type Options, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";

/**
 * How data is sent: what waits, how long, how often it is tried again.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper
 */
export interface Delivery {
  /** How long one attempt may take. @default "5s"; for OTLP over HTTP "30s" */
  readonly timeout?: Duration;
  /** What waits to be sent. @default on: 1000 requests in memory, 10 consumers, no batches */
  readonly queue?: SendingQueue | "off";
  /** What happens after a failure that may pass. @default on, for 5 minutes */
  readonly retry?: Retry | "off";
}

export interface SendingQueue {
  /** How much may wait, in what `sizer` says. @default 1000 */
  readonly size?: number;
  /** What `size` counts: requests, spans with points and log records, or bytes. @default "requests" */
  readonly sizer?: "requests" | "items" | "bytes";
  /** How many requests are sent at once. @default 10 */
  readonly consumers?: number;
  /** Puts what waits together into larger requests. @default no batches */
  readonly batch?: QueueBatch;
  /** Wait for room in a full queue instead of refusing. @default false */
  readonly blockOnOverflow?: boolean;
  /** Keeps what waits over a restart. @default in memory */
  readonly storage?: Extension;
}

export interface QueueBatch {
  /** A batch leaves after this time, whatever its size. @default "200ms" */
  readonly flushTimeout?: Duration;
  /** What the sizes count: spans with points and log records, or bytes. @default "items", or the queue's when that is no request */
  readonly sizer?: "items" | "bytes";
  /** A batch leaves with this many spans, metric points or log records. At most the size of a queue that counts the same. @default 8192 */
  readonly minSize?: number;
  /** A larger batch is split; 0 splits none. @default 0 */
  readonly maxSize?: number;
}

export interface Retry {
  /** Pause after the first failure; it grows by half each time. @default "5s" */
  readonly initialInterval?: Duration;
  /** The longest pause. @default "30s" */
  readonly maxInterval?: Duration;
  /** When to give up; "0s" never does, less than `maxInterval` is refused. @default "5m" */
  readonly maxElapsedTime?: Duration;
}

/** `timeout`, `sending_queue` and `retry_on_failure`. */
export function deliveryOptions({ timeout, queue, retry }: Delivery): Options {
  return written({
    timeout,
    sending_queue: queue && queueOptions(queue),
    retry_on_failure: retry && retryOptions(retry),
  });
}

function queueOptions(queue: SendingQueue | "off"): Options {
  if (queue === "off") return { enabled: false };
  const { size, sizer, consumers, batch, blockOnOverflow, storage } = queue;
  return written({
    // Requests are the default. Said, they would be what the batch counts, too, and the collector refuses that.
    sizer: sizer === "requests" ? undefined : sizer,
    queue_size: size,
    num_consumers: consumers,
    block_on_overflow: blockOnOverflow,
    storage: storage && idOf(storage),
    batch:
      batch &&
      written({
        sizer: batch.sizer,
        flush_timeout: batch.flushTimeout,
        min_size: batch.minSize,
        max_size: batch.maxSize,
      }),
  });
}

function retryOptions(retry: Retry | "off"): Options {
  if (retry === "off") return { enabled: false };
  return written({
    enabled: true,
    initial_interval: retry.initialInterval,
    max_interval: retry.maxInterval,
    max_elapsed_time: retry.maxElapsedTime,
  });
}

/** Extensions that a delivery refers to. */
export function deliveryExtensions({ queue }: Delivery): readonly Extension[] {
  return queue === undefined || queue === "off" || queue.storage === undefined ? [] : [queue.storage];
}
