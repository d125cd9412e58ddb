import { type MetricCatalogue, metricCatalogue } from "../catalogue/catalogue.ts";
import { describeSeries, type SeriesDescription } from "../catalogue/series.ts";
import { spanMetrics } from "../span-metrics/profile.ts";
import type { Selector } from "./expression.ts";
import type { VariableSyntax } from "./variables.ts";

/** What an expression is checked against. */
export interface PromqlContext {
  /** Metrics that may be used. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
  /** Labels that every series can have beside its own and the scrape's, such as external labels. @default none */
  readonly commonLabels?: readonly string[];
  /** Variables that are filled in before Prometheus sees the text. @default none */
  readonly variables?: VariableSyntax;
  /** How often targets are scraped: ranges of `rate` and the like must hold two samples. @default not checked */
  readonly scrapeInterval?: string;
  /** Labels that the result must be able to have, such as those that an alert's text names. @default none */
  readonly requiredLabels?: readonly string[];
  /** Whether to say what is only doubtful, too, as warnings. @default false */
  readonly hints?: boolean;
}

/** The one series that a selector asks for; `undefined` where it does not name it. */
export function seriesOf({ series, matchers }: Selector): string | undefined {
  if (series !== "") return series;
  return matchers.find(({ label, operator }) => label === "__name__" && operator === "=")?.value;
}

/** What the catalogue says of a selector's series. */
export function descriptionOf(
  selector: Selector,
  { catalogue = metricCatalogue }: PromqlContext,
): SeriesDescription | undefined {
  const series = seriesOf(selector);
  return series === undefined ? undefined : describeSeries(catalogue, series);
}

/** All values of labels of the span metrics. */
export const spanValues: Readonly<Record<string, readonly string[]>> = {
  [spanMetrics.labels.kind]: Object.values(spanMetrics.kinds),
  [spanMetrics.labels.status]: Object.values(spanMetrics.statuses),
};

/** All values that a label of a series can have; `undefined` where it can have any. */
export function valuesOf({ metric }: SeriesDescription, label: string): readonly string[] | undefined {
  const values = metric.values ?? (metric.source === "span-metrics" ? spanValues : undefined);
  return values !== undefined && Object.hasOwn(values, label) ? values[label] : undefined;
}
