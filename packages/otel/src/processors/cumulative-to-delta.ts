import { type Options, type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";

export interface CumulativeToDeltaOptions {
  /** Only these metrics. @default all */
  readonly include?: MetricMatch;
  /** Not these metrics. @default none */
  readonly exclude?: MetricMatch;
  /** When a series that says nothing is forgotten; "0s" never. @default "1h" */
  readonly maxStaleness?: Duration;
  /** What the first point of a series becomes: `auto` keeps it when the series began after the collector. @default "auto" */
  readonly initialValue?: "auto" | "keep" | "drop";
  /** Tells two processors apart. */
  readonly name?: string;
}

/** Metrics by name, by type, or both. */
export type MetricMatch =
  | {
      readonly matchType: "strict" | "regexp";
      readonly metrics: readonly [string, ...string[]];
      readonly types?: readonly CumulativeType[];
    }
  | { readonly types: readonly [CumulativeType, ...CumulativeType[]] };

export type CumulativeType = "sum" | "histogram" | "exponentialhistogram";

/**
 * Makes the change since the last point of a cumulative metric: for back ends that add up, such as CloudWatch. All points of a series must come to one
 * collector. `cumulativetodelta` before collector 0.157.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/cumulativetodeltaprocessor
 * @example
 * cumulativeToDelta({ include: { matchType: "regexp", metrics: ["http\\..*"] } });
 */
export function cumulativeToDelta({
  include,
  exclude,
  maxStaleness,
  initialValue,
  name,
}: CumulativeToDeltaOptions = {}): Processor<"metrics"> {
  return {
    kind: "processor",
    type: "cumulative_to_delta",
    ...(name === undefined ? {} : { name }),
    options: written({
      include: include && metricMatch(include),
      exclude: exclude && metricMatch(exclude),
      max_staleness: maxStaleness,
      initial_value: initialValue,
    }),
    carries: metricsOnly,
  };
}

function metricMatch(match: MetricMatch): Options {
  return written({
    ...("metrics" in match ? { match_type: match.matchType, metrics: match.metrics } : {}),
    metric_types: match.types,
  });
}
