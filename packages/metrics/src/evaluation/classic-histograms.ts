import { checkedVector, type VectorSample } from "./values.ts";

/** A bucket: how many observations are at most the bound. */
interface Bucket {
  readonly bound: number;
  readonly count: number;
}

// https://github.com/prometheus/prometheus/blob/v3.15.0/promql/quantile.go: smallDeltaTolerance
const TOLERANCE = 1e-12;
const SMALLEST_NORMAL = 2 ** -1022;

/** `histogram_quantile` of classic histograms: one for each set of labels but `le`. */
export function histogramQuantiles(share: number, samples: readonly VectorSample[]): readonly VectorSample[] {
  return eachHistogram(samples, (buckets) => quantileOfBuckets(share, buckets));
}

/** `histogram_fraction` of classic histograms: the share of observations between two bounds. */
export function histogramFractions(
  lower: number,
  upper: number,
  samples: readonly VectorSample[],
): readonly VectorSample[] {
  return eachHistogram(samples, (buckets) => fractionOfBuckets(lower, upper, buckets));
}

function eachHistogram(
  samples: readonly VectorSample[],
  compute: (buckets: readonly Bucket[]) => number,
): readonly VectorSample[] {
  const histograms = new Map<VectorSample["labels"], Bucket[]>();
  for (const { labels, value } of samples) {
    const bound = boundOf(labels.get("le"));
    if (bound === undefined) continue;
    const of = labels.without(["le"]);
    const buckets = histograms.get(of);
    if (buckets === undefined) histograms.set(of, [{ bound, count: value }]);
    else buckets.push({ bound, count: value });
  }
  return checkedVector(
    [...histograms].map(([labels, buckets]) => ({
      labels: labels.withoutName(),
      value: compute(coalesced(buckets)),
    })),
  );
}

function boundOf(text: string): number | undefined {
  if (/^[+-]?inf(?:inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** In order, those of one bound as one. */
function coalesced(buckets: readonly Bucket[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const { bound, count } of [...buckets].sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0)))
    counts.set(bound, (counts.get(bound) ?? 0) + count);
  return [...counts].map(([bound, count]) => ({ bound, count }));
}

function quantileOfBuckets(share: number, buckets: readonly Bucket[]): number {
  if (Number.isNaN(share)) return Number.NaN;
  if (share < 0) return Number.NEGATIVE_INFINITY;
  if (share > 1) return Number.POSITIVE_INFINITY;
  if (buckets.at(-1)?.bound !== Number.POSITIVE_INFINITY || buckets.length < 2) return Number.NaN;
  const bounds = buckets.map(({ bound }) => bound);
  const counts = neverFalling(buckets.map(({ count }) => count));
  const last = counts.length - 1;
  const observations = counts[last] ?? 0;
  if (observations === 0) return Number.NaN;
  const rank = share * observations;
  const at = firstAtLeast(counts, last, rank);
  const bound = bounds[at] ?? 0;
  if (at === last) return bounds[last - 1] ?? 0;
  if (at === 0 && bound <= 0) return bound;
  const [start, before] = at === 0 ? [0, 0] : [bounds[at - 1] ?? 0, counts[at - 1] ?? 0];
  return start + (bound - start) * ((rank - before) / ((counts[at] ?? 0) - before));
}

/** Where Go's sort.Search finds it: also among counts that are NaN. */
function firstAtLeast(counts: readonly number[], length: number, rank: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((counts[middle] ?? 0) >= rank) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Without the small and the large steps down that scrapes of different moments leave. */
function neverFalling(counts: readonly number[]): readonly number[] {
  let before = counts[0] ?? 0;
  return counts.map((count, index) => {
    if (index === 0 || count === before) return count;
    if (almostEqual(before, count) || count < before) return before;
    before = count;
    return count;
  });
}

// https://github.com/prometheus/prometheus/blob/v3.15.0/util/almost/almost.go
function almostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  if (a === b) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < TOLERANCE * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < TOLERANCE;
}

function fractionOfBuckets(lower: number, upper: number, buckets: readonly Bucket[]): number {
  const total = buckets.at(-1);
  if (total?.bound !== Number.POSITIVE_INFINITY) return Number.NaN;
  if (total.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN;
  if (lower >= upper) return 0;
  return (rankAt(upper, buckets, total.count) - rankAt(lower, buckets, total.count)) / total.count;
}

/** How many observations are at most the value, evenly spread within its bucket. */
function rankAt(value: number, buckets: readonly Bucket[], total: number): number {
  let start = (buckets[0]?.bound ?? 0) <= 0 ? Number.NEGATIVE_INFINITY : 0;
  let rank = 0;
  for (const { bound, count } of buckets) {
    if (start >= value) return Math.min(rank, total);
    if (bound > value) {
      const found =
        start === Number.NEGATIVE_INFINITY ? count : rank + ((count - rank) * (value - start)) / (bound - start);
      return Math.min(found, total);
    }
    [start, rank] = [bound, count];
  }
  return total;
}
