import { block, type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { tracesOnly } from "../configuration/signal.ts";
import type { SamplingPolicy } from "../tail-sampling/policy.ts";

export interface TailSamplingOptions {
  /** How long a trace is gathered before it is decided on, from its first span. Longer than the slowest trace that must be kept. @default "30s" */
  readonly decisionWait?: Duration;
  /** Traces in memory at most: new traces per second times `decisionWait`, with room. A trace that falls out is lost, error or not. @default 50000 */
  readonly numTraces?: number;
  /** New traces per second to make room for at the start. @default 0 */
  readonly expectedNewTracesPerSecond?: number;
  /** Wait for room instead of dropping the oldest trace. @default false */
  readonly blockOnOverflow?: boolean;
  /**
   * Decisions that are remembered after the trace is gone, so that late spans follow them. Without a memory the trace's entry stays in the buffer of
   * `numTraces` until it falls out. With one it leaves at once, and late spans are judged anew when the decision is forgotten. @default none
   */
  readonly rememberedDecisions?: { readonly sampled?: number; readonly notSampled?: number };
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Keeps or drops whole traces once they are complete: kept when any policy says so. All spans of a trace must come to one collector.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 * @example
 * tailSampling([keepErrors(), keepSlowerThan("2s"), share(0.1)], { decisionWait: "30s" });
 */
export function tailSampling(
  policies: readonly SamplingPolicy[],
  {
    decisionWait,
    numTraces,
    expectedNewTracesPerSecond,
    blockOnOverflow,
    rememberedDecisions,
    name,
  }: TailSamplingOptions = {},
): Processor<"traces"> {
  return {
    kind: "processor",
    type: "tail_sampling",
    ...(name === undefined ? {} : { name }),
    options: written({
      decision_wait: decisionWait,
      num_traces: numTraces,
      expected_new_traces_per_sec: expectedNewTracesPerSecond,
      block_on_overflow: blockOnOverflow,
      decision_cache: block({
        sampled_cache_size: rememberedDecisions?.sampled,
        non_sampled_cache_size: rememberedDecisions?.notSampled,
      }),
      policies,
    }),
    carries: tracesOnly,
  };
}
