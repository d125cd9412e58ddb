import type { RangeFunction } from "./counter-functions.ts";
import type { SampleWindow } from "./sample-store.ts";
import { Summation } from "./summation.ts";

interface Line {
  readonly slope: number;
  /** Its value at the moment that was asked for. */
  readonly value: number;
}

/**
 * The straight line nearest to the samples.
 *
 * @param moment In milliseconds.
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/functions.go (linearRegression)
 */
function lineThrough({ times, values, first, end }: SampleWindow, moment: number): Line {
  const initial = values[first] ?? 0;
  const [sumX, sumY, sumXY, sumXX] = [new Summation(), new Summation(), new Summation(), new Summation()];
  let level = true;
  for (let index = first; index < end; index++) {
    const y = values[index] ?? 0;
    const x = ((times[index] ?? 0) - moment) / 1000;
    if (index > first && y !== initial) level = false;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumXX.add(x * x);
  }
  if (level)
    return Math.abs(initial) === Number.POSITIVE_INFINITY
      ? { slope: Number.NaN, value: Number.NaN }
      : { slope: 0, value: initial };
  const count = end - first;
  const covariance = sumXY.total - (sumX.total * sumY.total) / count;
  const variance = sumXX.total - (sumX.total * sumX.total) / count;
  const slope = covariance / variance;
  return { slope, value: sumY.total / count - (slope * sumX.total) / count };
}

/** `deriv`: the change for each second. */
export const derivative: RangeFunction = (window) =>
  window.end - window.first < 2 ? undefined : lineThrough(window, window.times[window.first] ?? 0).slope;

/** `predict_linear`: the value so many seconds after a moment in milliseconds. */
export function predicted(window: SampleWindow, moment: number, seconds: number): number | undefined {
  if (window.end - window.first < 2) return undefined;
  const { slope, value } = lineThrough(window, moment);
  return slope * seconds + value;
}
