import { metricCatalogue } from "../catalogue/catalogue.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries } from "../catalogue/series.ts";
import { descriptionOf, type PromqlContext, seriesOf, valuesOf } from "./context.ts";
import type { Aggregation, BinaryOperation, Expression, FunctionCall, Operand, Selector } from "./expression.ts";
import { comparisonOperators, setOperators } from "./keywords.ts";
import { parsePromql } from "./promql.ts";
import { expressionOf } from "./select.ts";
import { valueTypeOf } from "./types.ts";

/** Labels that a result can have; `undefined` when it can have any. */
export type PossibleLabels = ReadonlySet<string> | undefined;

/**
 * The labels that the result of an expression can have at most, by the catalogue: an alert's text may use no other. `undefined` when that
 * cannot be known, because the expression does not parse or uses a series that the catalogue does not have.
 *
 * @example
 * labelsOfPromql("sum by (namespace) (kube_pod_status_phase)"); // Set { "namespace" }
 */
export function labelsOfPromql(promql: string | Operand, context: PromqlContext = {}): PossibleLabels {
  const expression = typeof promql === "string" ? parsePromql(promql, context).expression : expressionOf(promql);
  return expression === undefined ? undefined : resultLabels(expression, context).possible;
}

/** What is known of the labels of a result. */
export interface ResultLabels {
  /** It has no others. */
  readonly possible: PossibleLabels;
  /** It has them, by what the catalogue says. */
  readonly certain: ReadonlySet<string>;
  /** There are several series that differ in nothing but these. */
  readonly several: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
const anything: ResultLabels = { possible: undefined, certain: none, several: none };
const nothing: ResultLabels = { possible: none, certain: none, several: none };

/** The labels of a series: its own, the scrape's, and those that all have. */
export function labelsOfSeries(
  series: string,
  { catalogue = metricCatalogue, commonLabels = [] }: PromqlContext,
): PossibleLabels {
  const description = describeSeries(catalogue, series);
  return description === undefined ? undefined : new Set([...description.labels, ...targetLabels, ...commonLabels]);
}

/** What is known of the labels of an expression's result. */
export function resultLabels(expression: Expression, context: PromqlContext): ResultLabels {
  switch (expression.kind) {
    case "selector":
      return selectorLabels(expression, context);
    case "range":
    case "negation":
      return resultLabels(expression.of, context);
    case "aggregation":
      return aggregationLabels(expression, resultLabels(expression.of, context));
    case "call":
      return callLabels(expression, context);
    case "binary":
      return binaryLabels(expression, context);
    case "number":
    case "text":
      return nothing;
    case "raw":
      return anything;
  }
}

// What a series has several of in any case: https://prometheus.io/docs/concepts/metric_types/
const alwaysSeveral: readonly string[] = ["le", "quantile"];

function selectorLabels(selector: Selector, context: PromqlContext): ResultLabels {
  const asked = selector.matchers.filter(({ operator, value }) => operator === "=" && value !== "");
  const pinned = new Set(asked.map(({ label }) => label));
  pinned.delete("__name__");
  const series = seriesOf(selector);
  const description = descriptionOf(selector, context);
  const possible = series === undefined ? undefined : labelsOfSeries(series, context);
  if (description === undefined) return { possible, certain: pinned, several: none };
  const empty = new Set(selector.matchers.filter(({ value }) => value === "").map(({ label }) => label));
  const own = description.labels.filter((label) => !empty.has(label));
  const limited = new Set(selector.matchers.map(({ label }) => label));
  return {
    possible,
    certain: new Set([...own, ...pinned]),
    several: new Set(
      own.filter(
        (label) =>
          !limited.has(label) && (alwaysSeveral.includes(label) || (valuesOf(description, label)?.length ?? 0) > 1),
      ),
    ),
  };
}

// These give series of their operand as they are.
const selecting: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

function aggregationLabels({ operator, parameter, grouping }: Aggregation, of: ResultLabels): ResultLabels {
  if (selecting.has(operator)) return { ...of, several: none };
  const listed = grouping?.labels ?? [];
  const counted = operator === "count_values" && parameter?.kind === "text" ? [parameter.value] : [];
  if (grouping?.clause === "without") {
    const rest = (labels: ReadonlySet<string>): ReadonlySet<string> =>
      new Set([...labels].filter((label) => !listed.includes(label)).concat(counted));
    return {
      possible: of.possible === undefined ? undefined : rest(of.possible),
      certain: rest(of.certain),
      several: rest(of.several),
    };
  }
  const { possible } = of;
  return {
    possible: new Set([
      ...(possible === undefined ? listed : listed.filter((label) => possible.has(label))),
      ...counted,
    ]),
    certain: new Set([...listed.filter((label) => of.certain.has(label)), ...counted]),
    several: new Set([...listed.filter((label) => of.several.has(label)), ...counted]),
  };
}

function callLabels(call: FunctionCall, context: PromqlContext): ResultLabels {
  const { name, arguments: list } = call;
  if (name === "info") return anything;
  if (name === "absent" || name === "absent_over_time") return absentLabels(list[0]);
  const operand = list.find((argument) => {
    const type = valueTypeOf(argument);
    return type === "vector" || type === "matrix" || type === undefined;
  });
  if (operand === undefined || name === "scalar") return nothing;
  const of = resultLabels(operand, context);
  const { possible, certain, several } = of;
  if (name === "histogram_quantile" || name === "histogram_fraction") {
    const withoutBuckets = (labels: ReadonlySet<string>): ReadonlySet<string> =>
      new Set([...labels].filter((label) => label !== "le"));
    return {
      possible: possible === undefined ? undefined : withoutBuckets(possible),
      certain: withoutBuckets(certain),
      several: withoutBuckets(several),
    };
  }
  const text = (index: number): string | undefined => {
    const argument = list[index];
    return argument?.kind === "text" ? argument.value : undefined;
  };
  const added =
    name === "label_replace" || name === "label_join" ? text(1) : name === "histogram_quantiles" ? text(1) : undefined;
  if (added === undefined) return of;
  return { possible: possible === undefined ? undefined : new Set([...possible, added]), certain, several: none };
}

/** `absent` takes over the labels that its selector asks to be equal to something. */
function absentLabels(argument: Expression | undefined): ResultLabels {
  const selector = argument?.kind === "range" ? argument.of : argument;
  if (selector?.kind !== "selector") return nothing;
  const asked = selector.matchers.filter(({ label, operator }) => operator === "=" && label !== "__name__");
  // promql/functions.go, createLabelsForAbsentFunction: a label that is asked for twice is left out.
  const labels = new Set(asked.map(({ label }) => label));
  for (const { label, operator } of selector.matchers) {
    const twice = selector.matchers.filter((other) => other.label === label).length > 1;
    if (twice && operator === "=") labels.delete(label);
  }
  return { possible: labels, certain: labels, several: none };
}

function binaryLabels(operation: BinaryOperation, context: PromqlContext): ResultLabels {
  const { operator, matching } = operation;
  const [left, right] = [resultLabels(operation.left, context), resultLabels(operation.right, context)];
  const filtering = comparisonOperators.has(operator);
  const kept = (labels: ResultLabels): ResultLabels => (filtering ? { ...labels, several: none } : labels);
  if (valueTypeOf(operation.right) === "scalar") return kept(left);
  if (valueTypeOf(operation.left) === "scalar") return kept(right);
  if (setOperators.has(operator)) {
    if (operator !== "or") return { ...left, several: none };
    return {
      possible:
        left.possible === undefined || right.possible === undefined
          ? undefined
          : new Set([...left.possible, ...right.possible]),
      certain: new Set([...left.certain].filter((label) => right.certain.has(label))),
      several: none,
    };
  }
  if (matching?.group !== undefined) {
    const many = matching.group.side === "left" ? left : right;
    return {
      possible: many.possible === undefined ? undefined : new Set([...many.possible, ...matching.group.labels]),
      certain: many.certain,
      several: none,
    };
  }
  const labels = matching?.labels ?? [];
  // Comparisons too: one-to-one matching keeps what it matches by (resultMetric in Prometheus' promql/engine.go).
  const stays = (label: string): boolean => (matching?.clause === "on") === labels.includes(label);
  return {
    possible: left.possible === undefined ? undefined : new Set([...left.possible].filter(stays)),
    certain: new Set([...left.certain].filter(stays)),
    several: none,
  };
}
