import type { Aggregation, Grouping } from "../promql/expression.ts";
import { formatDecimal } from "../promql/number.ts";
import { type LabelSet, nameLabel } from "./labels.ts";
import { ascending, quantileOf } from "./quantiles.ts";
import { meanOfRange, Summation } from "./summation.ts";
import { EvaluationProblem, type VectorSample } from "./values.ts";

type Reduction = (values: readonly number[], parameter: number) => number;

function extreme(beats: (value: number, best: number) => boolean): Reduction {
  return (values) => values.reduce((best, value) => (beats(value, best) || Number.isNaN(best) ? value : best));
}

/** Welford's, as Prometheus has it for aggregations: without compensation. */
function variance(values: readonly number[]): number {
  const [first = 0] = values;
  let mean = first;
  let squares = Number.isFinite(first) ? 0 : Number.NaN;
  for (const [index, value] of values.entries()) {
    if (index === 0) continue;
    const difference = value - mean;
    mean += difference / (index + 1);
    squares += difference * (value - mean);
  }
  return squares / values.length;
}

/** @see https://github.com/prometheus/prometheus/blob/v3.15.0/promql/engine.go (aggregation) */
const reductions: Partial<Readonly<Record<Aggregation["operator"], Reduction>>> = {
  sum: ([first, ...rest]) => {
    const summation = new Summation(first);
    for (const value of rest) summation.add(value);
    return summation.total;
  },
  avg: (values) => meanOfRange(values, 0, values.length),
  min: extreme((value, best) => best > value),
  max: extreme((value, best) => best < value),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  quantile: (values, share) => quantileOf(share, values),
};

/** Samples as an aggregation makes fewer of them. */
export function aggregated(
  { operator, grouping }: Aggregation,
  samples: readonly VectorSample[],
  parameter: number | string,
): readonly VectorSample[] {
  if (operator === "count_values") return countedValues(String(parameter), grouping, samples);
  const groups = grouped(samples, grouping);
  const number = Number(parameter);
  if (operator === "topk" || operator === "bottomk")
    return [...groups.values()].flatMap(chosen(operator, checkedCount(operator, number)));
  const reduce = reductions[operator];
  if (reduce === undefined)
    throw new TypeError(`The aggregation ${operator} is not evaluated here. Expected sum, avg, topk and the like.`);
  return [...groups].map(([labels, members]) => ({
    labels,
    value: reduce(
      members.map(({ value }) => value),
      number,
    ),
  }));
}

function grouped(
  samples: readonly VectorSample[],
  grouping: Grouping | undefined,
): ReadonlyMap<LabelSet, readonly VectorSample[]> {
  const groups = new Map<LabelSet, VectorSample[]>();
  for (const sample of samples) {
    const labels = groupOf(sample.labels, grouping);
    const members = groups.get(labels);
    if (members === undefined) groups.set(labels, [sample]);
    else members.push(sample);
  }
  return groups;
}

const ungrouped: Grouping = { clause: "by", labels: [] };

function groupOf(labels: LabelSet, grouping: Grouping = ungrouped): LabelSet {
  return labels.once(grouping, () =>
    grouping.clause === "without" ? labels.without([nameLabel, ...grouping.labels]) : labels.only(grouping.labels),
  );
}

/** How many are chosen. Throws where Prometheus cannot count so many. */
function checkedCount(operator: string, parameter: number): number {
  if (parameter < 1) return 0;
  if (parameter < 2 ** 63) return Math.trunc(parameter);
  throw new EvaluationProblem(`${operator} is asked for ${parameter} series`);
}

function chosen(
  operator: "topk" | "bottomk",
  count: number,
): (members: readonly VectorSample[]) => readonly VectorSample[] {
  const sign = operator === "topk" ? -1 : 1;
  return (members) =>
    [...members]
      .sort((a, b) => {
        // NaN comes last, whichever end is asked for.
        if (Number.isNaN(a.value) || Number.isNaN(b.value))
          return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
        return sign * ascending(a.value, b.value);
      })
      .slice(0, count);
}

function countedValues(
  label: string,
  grouping: Grouping | undefined,
  samples: readonly VectorSample[],
): readonly VectorSample[] {
  if (label === "") throw new EvaluationProblem("count_values writes a label without a name");
  const by: Grouping =
    grouping?.clause === "without" ? grouping : { clause: "by", labels: [...(grouping?.labels ?? []), label] };
  const valued = samples.map(({ labels, value }) => ({
    labels: labels.with({ [label]: formatDecimal(value) }),
    value,
  }));
  return [...grouped(valued, by)].map(([labels, members]) => ({ labels, value: members.length }));
}

/** The aggregations that have a value here. */
export const evaluatedAggregations: ReadonlySet<string> = new Set([
  ...Object.keys(reductions),
  "topk",
  "bottomk",
  "count_values",
]);
