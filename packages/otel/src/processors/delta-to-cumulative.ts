import { type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";

export interface DeltaToCumulativeOptions {
  /** When a series that says nothing is forgotten. Above zero. @default "5m" */
  readonly maxStale?: Duration;
  /** Series at most; points of further ones are dropped. @default no limit */
  readonly maxStreams?: number;
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Adds up metrics that say only their change: Prometheus and its remote writes know only sums since a beginning. All points of a series must come to one
 * collector. `deltatocumulative` before collector 0.158.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/deltatocumulativeprocessor
 * @example
 * deltaToCumulative({ maxStale: "10m" });
 */
export function deltaToCumulative({ maxStale, maxStreams, name }: DeltaToCumulativeOptions = {}): Processor<"metrics"> {
  return {
    kind: "processor",
    type: "delta_to_cumulative",
    ...(name === undefined ? {} : { name }),
    options: written({ max_stale: maxStale, max_streams: maxStreams }),
    carries: metricsOnly,
  };
}
