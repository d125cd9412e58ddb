import { type Environment, type Platform, servicesIn } from "@plinth/core";
import type { SeriesLabels } from "@plinth/metrics/evaluation";
import { fractionOf } from "./random.ts";

const mostSeries = 5;

/**
 * What a TraceQL query that counts could say over the time: a series for some services where it groups by service, else one. None for a query that lists traces.
 *
 * @see https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/
 */
export function madeUpRates(
  query: string,
  moments: readonly number[],
  platform: Platform,
  environment: Environment,
): readonly { readonly name: string; readonly labels: SeriesLabels; readonly values: readonly number[] }[] {
  if (!/\|\s*(?:rate|count_over_time|quantile_over_time|histogram_over_time|\w+_over_time)\s*\(/.test(query)) return [];
  const [, label = ""] = /\bby\s*\(\s*([\w.]+)/.exec(query) ?? [];
  const services = servicesIn(platform, environment).map(({ name }) => name);
  const names = label.endsWith("service.name") ? services.slice(0, mostSeries) : ["spans"];
  return names.map((name) => ({
    name,
    labels: label === "" ? {} : { [label]: name },
    values: moments.map((time) => 0.02 * (0.5 + fractionOf(`${query} ${name}`) + 0.3 * fractionOf(`${name} ${time}`))),
  }));
}
