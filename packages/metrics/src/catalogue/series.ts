import type { MetricCatalogue } from "./catalogue.ts";
import type { Metric, MetricType } from "./metric.ts";

/** A series as it stands in an expression: what it is, and the labels that it can have. */
export interface SeriesDescription {
  readonly metric: Metric;
  /** What its samples are: the buckets, count and sum of a histogram are counters. */
  readonly type: MetricType;
  readonly labels: readonly string[];
}

// https://prometheus.io/docs/concepts/metric_types/
const suffixesByType: Readonly<
  Partial<Record<MetricType, readonly { readonly suffix: string; readonly labels: readonly string[] }[]>>
> = {
  histogram: [
    { suffix: "_bucket", labels: ["le"] },
    { suffix: "_count", labels: [] },
    { suffix: "_sum", labels: [] },
  ],
  summary: [
    { suffix: "_count", labels: [] },
    { suffix: "_sum", labels: [] },
  ],
};

/** What the catalogue says of a series: a metric, or a part of a histogram or summary. */
export function describeSeries(catalogue: MetricCatalogue, series: string): SeriesDescription | undefined {
  const own = catalogue.get(series);
  if (own !== undefined)
    return { metric: own, type: own.type, labels: own.type === "summary" ? [...own.labels, "quantile"] : own.labels };
  for (const suffix of ["_bucket", "_count", "_sum"]) {
    const metric = series.endsWith(suffix) ? catalogue.get(series.slice(0, -suffix.length)) : undefined;
    const part =
      metric === undefined ? undefined : suffixesByType[metric.type]?.find((candidate) => candidate.suffix === suffix);
    if (metric !== undefined && part !== undefined)
      return { metric, type: "counter", labels: [...metric.labels, ...part.labels] };
  }
  return undefined;
}

/** Every name that a series of the catalogue can have. */
export function seriesNames(catalogue: MetricCatalogue): readonly string[] {
  return [...catalogue.values()].flatMap(({ name, type }) =>
    type === "histogram" ? ["_bucket", "_count", "_sum"].map((suffix) => `${name}${suffix}`) : [name],
  );
}
