import type { Metric, MetricUnit } from "../catalogue/metric.ts";
import { unitsByLabel } from "../catalogue/units-by-label.ts";
import { constantOf } from "./bounds.ts";
import { descriptionOf, type PromqlContext, seriesOf } from "./context.ts";
import type { BinaryOperation, Expression, FunctionCall, Operand, Selector } from "./expression.ts";
import { comparisonOperators } from "./keywords.ts";
import { parsePromql } from "./promql.ts";
import { expressionOf } from "./select.ts";

/** What one unit of a result is: that of a metric, or what comes of counting it by the second. */
export type ResultUnit = MetricUnit | "bytes-per-second" | "per-second";

/**
 * The unit of an expression's values, by its metrics and by what is done to them; `undefined` where that cannot be known.
 *
 * @example
 * unitOf(rate(metric("container_network_receive_bytes_total"), "5m")); // "bytes-per-second"
 */
export function unitOf(promql: string | Operand, context: PromqlContext = {}): ResultUnit | undefined {
  const expression = typeof promql === "string" ? parsePromql(promql, context).expression : expressionOf(promql);
  return expression === undefined ? undefined : resultUnit(expression, context);
}

function resultUnit(expression: Expression, context: PromqlContext): ResultUnit | undefined {
  switch (expression.kind) {
    case "selector": {
      const description = descriptionOf(expression, context);
      // The buckets and the count of a histogram count, whatever is measured.
      const counts = description?.type === "counter" && /_(?:bucket|count)$/.test(seriesOf(expression) ?? "");
      if (description === undefined || counts) return counts ? "count" : undefined;
      return selectedUnit(expression, description.metric);
    }
    case "range":
    case "negation":
      return resultUnit(expression.of, context);
    case "aggregation":
      return unitOfAggregation(expression.operator, resultUnit(expression.of, context));
    case "call":
      return unitOfCall(expression, context);
    case "binary":
      return unitOfOperation(expression, context);
    case "raw": {
      const { expression: inner } = parsePromql(expression.text, context);
      return inner === undefined || inner.kind === "raw" ? undefined : resultUnit(inner, context);
    }
    default:
      return undefined;
  }
}

/** The unit of the series that a selector chooses; none where it chooses several of different units. */
function selectedUnit({ matchers }: Selector, { name, unit }: Metric): ResultUnit | undefined {
  const differing = unitsByLabel.get(name);
  if (differing === undefined) return unit;
  const chosen = matchers.find(({ label, operator }) => label === differing.label && operator === "=")?.value;
  if (chosen === undefined) return undefined;
  return Object.hasOwn(differing.units, chosen) ? differing.units[chosen] : unit;
}

// The value of a flag, or of what only carries labels, says how many there are once it is added up.
const counted: ReadonlySet<string> = new Set(["boolean", "info"]);

function unitOfAggregation(operator: string, of: ResultUnit | undefined): ResultUnit | undefined {
  if (operator === "count" || operator === "count_values") return "count";
  if (operator === "group") return "boolean";
  if (operator === "stdvar") return undefined;
  if (operator === "avg" && of !== undefined && counted.has(of)) return "ratio";
  return operator === "sum" && of !== undefined && counted.has(of) ? "count" : of;
}

const bySecond: Readonly<Partial<Record<ResultUnit, ResultUnit>>> = {
  bytes: "bytes-per-second",
  count: "per-second",
  // Seconds of work in each second: the share of the time, or how many at once.
  seconds: "ratio",
};

const fixedUnits: ReadonlyMap<string, ResultUnit> = new Map([
  ...["absent", "absent_over_time", "present_over_time"].map((name) => [name, "boolean"] as const),
  ...["changes", "count_over_time", "histogram_count", "resets"].map((name) => [name, "count"] as const),
  ...["start", "end", "time", "timestamp"].map((name) => [name, "timestamp"] as const),
  ["histogram_fraction", "ratio"],
]);
const keepingUnits: ReadonlySet<string> = new Set([
  ...[
    "abs",
    "avg_over_time",
    "ceil",
    "clamp",
    "clamp_max",
    "clamp_min",
    "delta",
    "first_over_time",
    "floor",
    "histogram_avg",
  ],
  ...[
    "histogram_sum",
    "idelta",
    "increase",
    "label_join",
    "label_replace",
    "last_over_time",
    "max_over_time",
    "min_over_time",
  ],
  ...[
    "predict_linear",
    "quantile_over_time",
    "round",
    "scalar",
    "sort",
    "sort_desc",
    "stddev_over_time",
    "sum_over_time",
  ],
]);

function unitOfCall({ name, arguments: list }: FunctionCall, context: PromqlContext): ResultUnit | undefined {
  const fixed = fixedUnits.get(name);
  if (fixed !== undefined) return fixed;
  const operand = list.find((argument) => argument.kind !== "text" && constantOf(argument) === undefined);
  if (operand === undefined) return undefined;
  if (name === "histogram_quantile") return observedUnit(operand, context);
  const of = resultUnit(operand, context);
  if (name === "rate" || name === "irate" || name === "deriv") return of === undefined ? undefined : bySecond[of];
  return keepingUnits.has(name) ? of : undefined;
}

/** What a histogram measures, whose buckets only count. */
function observedUnit(operand: Expression, context: PromqlContext): ResultUnit | undefined {
  switch (operand.kind) {
    case "selector":
      return descriptionOf(operand, context)?.metric.unit;
    case "range":
    case "aggregation":
      return observedUnit(operand.of, context);
    case "call":
      return operand.arguments.map((argument) => observedUnit(argument, context)).find((unit) => unit !== undefined);
    default:
      return undefined;
  }
}

function unitOfOperation(
  { operator, left, right, bool }: BinaryOperation,
  context: PromqlContext,
): ResultUnit | undefined {
  if (bool === true) return "boolean";
  const [of, other] = [resultUnit(left, context), resultUnit(right, context)];
  if (operator === "and" || operator === "unless") return of;
  if (comparisonOperators.has(operator)) return of ?? other;
  const [value, otherValue] = [constantOf(left), constantOf(right)];
  switch (operator) {
    case "or":
      return of === other || other === undefined ? of : of === undefined ? other : undefined;
    case "-":
      if (of === "timestamp" && other === "timestamp") return "seconds";
      return of === other || otherValue !== undefined ? of : value !== undefined ? other : undefined;
    case "+":
      return of === other || otherValue !== undefined ? of : value !== undefined ? other : undefined;
    case "/":
      return of !== undefined && of === other ? "ratio" : quotients.get(`${of} by ${other}`);
    case "*":
      return of === "ratio" ? other : other === "ratio" ? of : undefined;
    default:
      return undefined;
  }
}

// A sum by a count is a mean; by the second on both sides, too.
const quotients: ReadonlyMap<string, ResultUnit> = new Map([
  ["seconds by count", "seconds"],
  ["milliseconds by count", "milliseconds"],
  ["bytes by count", "bytes"],
  ["ratio by per-second", "seconds"],
  ["bytes-per-second by per-second", "bytes"],
]);
