import type { SampleWindow } from "./sample-store.ts";

/** What a function makes of a series over a range; `undefined` where it says nothing of it. Times are milliseconds. */
export type RangeFunction = (window: SampleWindow, from: number, to: number, parameter: number) => number | undefined;

// https://github.com/prometheus/prometheus/blob/v3.15.0/promql/functions.go: what a gap is, beyond the usual distance.
const GAP = 1.1;

/**
 * `rate`, `increase` and `delta`: the difference of the last and the first sample, extended to the whole range where that is near enough.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/functions.go (extrapolatedRate)
 */
function extrapolated(counter: boolean, perSecond: boolean): RangeFunction {
  return ({ times, values, first, end }, from, to) => {
    const last = end - 1;
    if (last <= first) return undefined;
    const firstValue = values[first] ?? 0;
    let result = (values[last] ?? 0) - firstValue;
    if (counter) {
      let before = firstValue;
      for (let index = first + 1; index <= last; index++) {
        const value = values[index] ?? 0;
        if (value < before) result += before;
        before = value;
      }
    }
    const firstTime = times[first] ?? 0;
    const lastTime = times[last] ?? 0;
    const sampled = (lastTime - firstTime) / 1000;
    const distance = sampled / (last - first);
    let toStart = (firstTime - from) / 1000;
    let toEnd = (to - lastTime) / 1000;
    if (toStart >= distance * GAP) toStart = distance / 2;
    if (counter) {
      // No further back than where the counter was zero.
      const toZero = result > 0 && firstValue >= 0 ? sampled * (firstValue / result) : toStart;
      if (toZero < toStart) toStart = toZero;
    }
    if (toEnd >= distance * GAP) toEnd = distance / 2;
    const factor = (sampled + toStart + toEnd) / sampled;
    return result * (perSecond ? factor / ((to - from) / 1000) : factor);
  };
}

/** `irate` and `idelta`: the last two samples. */
function instant(counter: boolean): RangeFunction {
  return ({ times, values, first, end }) => {
    if (end - first < 2) return undefined;
    const [before, value] = [values[end - 2] ?? 0, values[end - 1] ?? 0];
    const seconds = ((times[end - 1] ?? 0) - (times[end - 2] ?? 0)) / 1000;
    const difference = counter && value < before ? value : value - before;
    return counter ? difference / seconds : difference;
  };
}

/** How often one sample and the next are so. */
function steps(counts: (before: number, value: number) => boolean): RangeFunction {
  return ({ values, first, end }) => {
    let count = 0;
    for (let index = first + 1; index < end; index++) if (counts(values[index - 1] ?? 0, values[index] ?? 0)) count++;
    return count;
  };
}

/** Functions of how a series changes over a range, by their names in PromQL. */
export const counterFunctions: Readonly<Record<string, RangeFunction>> = {
  rate: extrapolated(true, true),
  increase: extrapolated(true, false),
  delta: extrapolated(false, false),
  irate: instant(true),
  idelta: instant(false),
  resets: steps((before, value) => value < before),
  changes: steps((before, value) => value !== before && !(Number.isNaN(value) && Number.isNaN(before))),
};
