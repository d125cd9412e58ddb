import type { RangeFunction } from "./counter-functions.ts";
import { quantileOf } from "./quantiles.ts";
import { meanOfRange, Summation, sumOfRange } from "./summation.ts";

/** The first value that no other one beats; NaN only where there is nothing else. */
function extreme(beats: (value: number, best: number) => boolean): RangeFunction {
  return ({ values, first, end }) => {
    let best = values[first] ?? 0;
    for (let index = first + 1; index < end; index++) {
      const value = values[index] ?? 0;
      if (beats(value, best) || Number.isNaN(best)) best = value;
    }
    return best;
  };
}

/** Welford's variance, with compensated sums. */
const variance = ({ values, first, end }: { values: readonly number[]; first: number; end: number }): number => {
  const [mean, squares] = [new Summation(), new Summation()];
  for (let index = first; index < end; index++) {
    const value = values[index] ?? 0;
    const difference = value - mean.total;
    mean.add(difference / (index - first + 1));
    squares.add(difference * (value - mean.total));
  }
  return squares.total / (end - first);
};

/**
 * `…_over_time`, by their names in PromQL. They are never asked of an empty window.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/functions.go
 */
export const overTimeFunctions: Readonly<Record<string, RangeFunction>> = {
  avg_over_time: ({ values, first, end }) => meanOfRange(values, first, end),
  count_over_time: ({ first, end }) => end - first,
  first_over_time: ({ values, first }) => values[first],
  last_over_time: ({ values, end }) => values[end - 1],
  max_over_time: extreme((value, best) => value > best),
  min_over_time: extreme((value, best) => value < best),
  present_over_time: () => 1,
  quantile_over_time: ({ values, first, end }, _from, _to, share) => quantileOf(share, values.slice(first, end)),
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  stdvar_over_time: variance,
  sum_over_time: ({ values, first, end }) => sumOfRange(values, first, end),
};

/** Those that give the series itself back, with its name. */
export const keepsName: ReadonlySet<string> = new Set(["first_over_time", "last_over_time"]);
