import type { Environment, Platform } from "@plinth/core";
import { type MetricCatalogue, metricCatalogue } from "../catalogue/catalogue.ts";
import type { Metric } from "../catalogue/metric.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries } from "../catalogue/series.ts";
import type { PromtoolSeries } from "../evaluation/input-series.ts";
import type { SeriesLabels } from "../evaluation/labels.ts";
import { printSamples } from "../evaluation/notation.ts";
import { promqlSelectors } from "../promql/promql-selectors.ts";
import { quotePromql } from "../promql/quote.ts";
import { type Facts, factsOf } from "./facts.ts";
import { valueRowsOf } from "./label-values.ts";
import { isRare } from "./magnitudes.ts";
import { keyOf, only, type Row } from "./row.ts";
import { partsOfMetric } from "./samples.ts";
import { isSparse, isThere, type Standing, troubleOf } from "./states.ts";
import { lastPod, newPod, subjectsOf } from "./subjects.ts";
import { targetsOf } from "./targets.ts";

/** What series are made for. */
export interface SyntheticOptions {
  readonly platform: Platform;
  readonly environment: Environment;
  /** The last moment that is looked at, in seconds since the epoch: what is new is some minutes old then. */
  readonly now: number;
  /** Only metrics that these expressions ask for. @default the whole catalogue */
  readonly expressions?: readonly string[];
  /**
   * `some`: one in a dozen things fails or restarts. `everywhere`: some of everything does, of each workload, so that whatever asks for trouble finds it.
   * @default "some"
   */
  readonly trouble?: "some" | "everywhere";
  /** @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
}

/** A series that nothing measured. */
export interface SyntheticSeries {
  readonly name: string;
  /** Without the name. */
  readonly labels: SeriesLabels;
  /** The sample at a time in seconds since the epoch; none where the series is not there yet. */
  valueAt(time: number): number | undefined;
}

// What is new came in this time before the end.
const recently = 720;

/**
 * Series such as the metrics of the catalogue would have on a platform: nodes, pods, spans and objects from the model, labels of few values from tables of
 * what the programs write. A metric of software that the environment does not run has none, nor has a value that no table knows: what asks for those finds
 * nothing, as it would in production. Most is well; a little fails, restarts, waits. The same input always gives the same series.
 *
 * Series of recording rules and alerts are not made: those come of the rules.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * import { syntheticSeries } from "@plinth/metrics/synthetic";
 * const platform = examplePlatform();
 * const environment = environmentNamed(platform, "production");
 * syntheticSeries({ platform, environment, now: 1_800_000_000, expressions: ["sum(kube_pod_info)"] }).length; // one for each pod
 */
export function syntheticSeries(options: SyntheticOptions): readonly SyntheticSeries[] {
  const { platform, environment, catalogue = metricCatalogue, expressions } = options;
  const asked = expressions === undefined ? undefined : metricsIn(expressions, catalogue);
  const facts = factsOf(platform, environment, options.trouble ?? "some");
  return [...catalogue.values()]
    .filter(({ name, source }) => source !== "sloth" && name !== "ALERTS" && (asked === undefined || asked.has(name)))
    .flatMap((metric) => seriesOf(metric, facts, options));
}

/**
 * The series as promtool's notation, for `evaluatePromql` and `evaluateRules`: the first sample at `from`, one each `step` seconds, the last one not after `to`.
 *
 * @example
 * import { promtoolSeries } from "@plinth/metrics/synthetic";
 * promtoolSeries([{ name: "up", labels: { job: "a" }, valueAt: () => 1 }], { from: 0, to: 120, step: 60 }); // { 'up{job="a"}': "1x2" }
 */
export function promtoolSeries(
  series: readonly SyntheticSeries[],
  { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
): PromtoolSeries {
  const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  return Object.fromEntries(
    series.map(({ name, labels, valueAt }) => {
      const matchers = Object.entries(labels).map(([label, value]) => `${label}=${quotePromql(value)}`);
      return [`${name}{${matchers.join(",")}}`, printSamples(times.map((time) => valueAt(time)))];
    }),
  );
}

function metricsIn(expressions: readonly string[], catalogue: MetricCatalogue): ReadonlySet<string> {
  return new Set(
    expressions.flatMap((expression) =>
      promqlSelectors(expression).flatMap(({ series }) => describeSeries(catalogue, series)?.metric.name ?? []),
    ),
  );
}

/** One row of labels, with what it is about and which of its values it is. */
interface LabelledRow {
  readonly row: Row;
  readonly standing: Standing;
  readonly variant: number;
  /** The last thing of its kind. */
  readonly last: boolean;
  readonly lastOfWorkload: boolean;
  readonly isNew: boolean;
}

function seriesOf(
  metric: Metric,
  facts: Facts,
  { now, trouble = "some" }: SyntheticOptions,
): readonly SyntheticSeries[] {
  const targets = targetsOf(metric, facts);
  const subjects = subjectsOf(metric, facts);
  const [first = {}] = subjects;
  const variants = valueRowsOf(metric, new Set([...Object.keys(first), ...Object.keys(targets[0] ?? {})]));
  const rows = rowsOf(metric, targets, subjects, variants);
  const everywhere = trouble === "everywhere";
  return rows.flatMap(({ row, standing, variant, last, lastOfWorkload, isNew }) => {
    const unhappy = troubleOf(standing) > 0;
    if (isSparse(metric.name) && !(everywhere ? lastOfWorkload : isThere(variant, standing))) return [];
    // Only what is being deleted has the moment; only what has succeeded once has that one.
    if (metric.name.endsWith("_deletion_timestamp") && !unhappy && !(everywhere && lastOfWorkload)) return [];
    if (metric.name === "kube_cronjob_status_last_successful_time" && unhappy) return [];
    const justNow = isNew || (metric.type === "counter" && last && isRare(metric, row, facts));
    const since = justNow ? now - recently : Number.NEGATIVE_INFINITY;
    return partsOfMetric(metric, { row, standing, variants, since, now, facts, everywhere });
  });
}

function rowsOf(
  metric: Metric,
  targets: readonly Row[],
  subjects: readonly Row[],
  variants: readonly Row[],
): readonly LabelledRow[] {
  const labels = new Set<string>([...metric.labels, ...targetLabels]);
  const own = new Set(metric.labels);
  const found = new Map<string, LabelledRow>();
  const places = Math.max(subjects.length === 1 ? targets.length : subjects.length, 1);
  targets.forEach((target, targetIndex) => {
    subjects.forEach((subject, subjectIndex) => {
      // A thing on a node is exposed by that node's target alone.
      if (target["node"] !== undefined && subject["node"] !== undefined && target["node"] !== subject["node"]) return;
      const index = subjects.length === 1 ? targetIndex : subjectIndex;
      // Of a subject only the labels that the metric has; those of the scrape stay where it does not say otherwise.
      const base = { ...only(target, labels), ...only(subject, own) };
      variants.forEach((variant, variantIndex) => {
        const row = withoutEmpty({ ...base, ...only(variant, own) });
        found.set(keyOf(row), {
          row,
          standing: { index, count: places },
          variant: variantIndex,
          last: index === places - 1,
          lastOfWorkload: subject[lastPod] === "true",
          isNew: subject[newPod] === "true",
        });
      });
    });
  });
  return [...found.values()];
}

/** An empty value is no label. */
function withoutEmpty(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""));
}
