import { type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface MemoryLimiterOptions {
  /** How often the memory is looked at. @default "1s" */
  readonly checkInterval?: Duration;
  /** Percent of the container's memory limit above which all data is refused. @default 80 */
  readonly limitPercentage?: number;
  /** Percent below that from which data is refused and garbage is collected: the soft limit is the difference. @default 25 */
  readonly spikeLimitPercentage?: number;
}

/**
 * Refuses data before the container runs out of memory, so that the sender keeps it and tries again. The first processor of a pipeline.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor
 * @example
 * memoryLimiter();
 */
export function memoryLimiter({
  checkInterval = "1s",
  limitPercentage = 80,
  spikeLimitPercentage = 25,
}: MemoryLimiterOptions = {}): Processor<Signal> {
  return {
    kind: "processor",
    type: "memory_limiter",
    options: written({
      check_interval: checkInterval,
      limit_percentage: limitPercentage,
      spike_limit_percentage: spikeLimitPercentage,
    }),
    carries: everySignal,
  };
}
