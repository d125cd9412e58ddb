import { type Processor, written } from "../configuration/component.ts";
import { tracesAndLogs } from "../configuration/signal.ts";
import { percentOf } from "../tail-sampling/percentage.ts";

export interface ProbabilisticSamplerOptions {
  /**
   * How a share is taken. `hash_seed` hashes the trace's id; `proportional` keeps the share of what arrives and `equalizing` takes whatever was sampled before
   * down to the share, both by the trace's own randomness, and both write it into the trace state. @default "hash_seed"
   */
  readonly mode?: "hash_seed" | "proportional" | "equalizing";
  /** Equal in collectors of one layer, different from layer to layer. @default 0 */
  readonly hashSeed?: number;
  /** Drop what cannot be decided, such as a log record without a trace. @default true */
  readonly failClosed?: boolean;
  /** Digits of the threshold that is written, 1 to 14. @default 4 */
  readonly precision?: number;
  /** For logs: decide by this attribute of the record instead of its trace. @default the trace */
  readonly fromAttribute?: string;
  /** For logs: an attribute that says a percentage of its own. @default none */
  readonly samplingPriority?: string;
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Keeps a share of the traces or log records, decided by each trace's id: no collector needs to see the whole trace, and none knows whether it failed.
 *
 * @param fraction from 0 to 1
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/probabilisticsamplerprocessor
 * @example
 * probabilisticSampler(0.1, { mode: "equalizing" });
 */
export function probabilisticSampler(
  fraction: number,
  { mode, hashSeed, failClosed, precision, fromAttribute, samplingPriority, name }: ProbabilisticSamplerOptions = {},
): Processor<"traces" | "logs"> {
  return {
    kind: "processor",
    type: "probabilistic_sampler",
    ...(name === undefined ? {} : { name }),
    options: written({
      sampling_percentage: percentOf(fraction),
      mode,
      hash_seed: hashSeed,
      fail_closed: failClosed,
      sampling_precision: precision,
      attribute_source: fromAttribute === undefined ? undefined : "record",
      from_attribute: fromAttribute,
      sampling_priority: samplingPriority,
    }),
    carries: tracesAndLogs,
  };
}
