/** Ascending, NaN first, as Prometheus' heaps order values. */
export function ascending(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  if (Number.isNaN(b)) return 1;
  return a - b || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * The value below which the share of the values lies, between two of them where it falls between.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/quantile.go
 */
export function quantileOf(share: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(share)) return Number.NaN;
  if (share < 0) return Number.NEGATIVE_INFINITY;
  if (share > 1) return Number.POSITIVE_INFINITY;
  const sorted = [...values].sort(ascending);
  const rank = share * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - lower;
  return (sorted[lower] ?? 0) * (1 - weight) + (sorted[upper] ?? 0) * weight;
}
