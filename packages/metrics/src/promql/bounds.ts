import { descriptionOf, type PromqlContext } from "./context.ts";
import type { BinaryOperation, Expression, FunctionCall } from "./expression.ts";
import { comparisonOperators } from "./keywords.ts";
import { valueTypeOf } from "./types.ts";

/** The least and the greatest value that a result can have. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

const { POSITIVE_INFINITY: infinity } = Number;
const unbounded: Bounds = { least: -infinity, most: infinity };
const positive: Bounds = { least: 0, most: infinity };
const one: Bounds = { least: 1, most: 1 };

/** The number that an expression is, whatever the series; `undefined` where it depends on them. */
export function constantOf(expression: Expression): number | undefined {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "negation": {
      const value = constantOf(expression.of);
      return value === undefined ? undefined : expression.sign === "+" ? value : -value;
    }
    case "binary": {
      const [left, right] = [constantOf(expression.left), constantOf(expression.right)];
      const compute = arithmetic[expression.operator];
      return left === undefined || right === undefined ? undefined : compute?.(left, right);
    }
    case "call":
      return expression.name === "pi" ? Math.PI : undefined;
    default:
      return undefined;
  }
}

const arithmetic: Readonly<Partial<Record<BinaryOperation["operator"], (left: number, right: number) => number>>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": (left, right) => left ** right,
  atan2: Math.atan2,
};

/** Between which values the results of an expression are, by the types and units of its metrics. */
export function boundsOf(expression: Expression, context: PromqlContext): Bounds {
  const constant = constantOf(expression);
  if (constant !== undefined) return Number.isNaN(constant) ? unbounded : { least: constant, most: constant };
  switch (expression.kind) {
    case "selector": {
      const description = descriptionOf(expression, context);
      if (description === undefined) return unbounded;
      if (description.type === "counter") return positive;
      return boundsByUnit[description.metric.unit] ?? unbounded;
    }
    case "range":
      return boundsOf(expression.of, context);
    case "aggregation":
      return aggregated(expression.operator, boundsOf(expression.of, context));
    case "call":
      return called(expression, context);
    case "negation": {
      const { least, most } = boundsOf(expression.of, context);
      return expression.sign === "+" ? { least, most } : { least: -most, most: -least };
    }
    case "binary":
      return combined(expression, context);
    default:
      return unbounded;
  }
}

const boundsByUnit: Readonly<Record<string, Bounds>> = {
  boolean: { least: 0, most: 1 },
  info: one,
  timestamp: positive,
};

const keeping: ReadonlySet<string> = new Set([
  "min",
  "max",
  "avg",
  "topk",
  "bottomk",
  "quantile",
  "limitk",
  "limit_ratio",
]);

function aggregated(operator: string, of: Bounds): Bounds {
  if (keeping.has(operator)) return of;
  if (operator === "group") return one;
  if (operator === "count" || operator === "count_values") return { least: 1, most: infinity };
  if (operator === "stddev" || operator === "stdvar") return positive;
  return summed(of);
}

/** Of at least one value. */
function summed({ least, most }: Bounds): Bounds {
  return { least: least >= 0 ? least : -infinity, most: most <= 0 ? most : infinity };
}

const keepingFunctions: ReadonlySet<string> = new Set([
  ...["avg_over_time", "first_over_time", "last_over_time", "max_over_time", "min_over_time", "quantile_over_time"],
  ...["label_join", "label_replace", "scalar", "sort", "sort_by_label", "sort_by_label_desc", "sort_desc", "vector"],
]);
const positiveFunctions: ReadonlySet<string> = new Set([
  ...[
    "abs",
    "changes",
    "exp",
    "histogram_count",
    "histogram_stddev",
    "histogram_stdvar",
    "increase",
    "irate",
    "mad_over_time",
  ],
  ...["rate", "resets", "sqrt", "start_timestamp", "stddev_over_time", "stdvar_over_time", "time", "timestamp"],
]);
const oneFunctions: ReadonlySet<string> = new Set(["absent", "absent_over_time", "present_over_time"]);

function called({ name, arguments: list }: FunctionCall, context: PromqlContext): Bounds {
  if (oneFunctions.has(name)) return one;
  if (positiveFunctions.has(name)) return positive;
  if (name === "count_over_time") return { least: 1, most: infinity };
  if (name === "histogram_fraction") return { least: 0, most: 1 };
  const operand = list.find((argument) => ["vector", "matrix"].includes(valueTypeOf(argument) ?? "")) ?? list[0];
  if (operand === undefined) return unbounded;
  const of = boundsOf(operand, context);
  if (keepingFunctions.has(name)) return of;
  if (name === "sum_over_time") return summed(of);
  const limit = (index: number): number | undefined => {
    const argument = list[index];
    return argument === undefined ? undefined : constantOf(argument);
  };
  if (name === "clamp_min")
    return { least: Math.max(of.least, limit(1) ?? of.least), most: Math.max(of.most, limit(1) ?? of.most) };
  if (name === "clamp_max")
    return { least: Math.min(of.least, limit(1) ?? of.least), most: Math.min(of.most, limit(1) ?? of.most) };
  return unbounded;
}

function combined({ operator, left, right, bool, matching }: BinaryOperation, context: PromqlContext): Bounds {
  if (bool === true) return { least: 0, most: 1 };
  if (matching?.fill !== undefined) return unbounded;
  const [of, other] = [boundsOf(left, context), boundsOf(right, context)];
  switch (operator) {
    case "and":
    case "unless":
      return of;
    case "or":
      return { least: Math.min(of.least, other.least), most: Math.max(of.most, other.most) };
    case "+":
      return numbers(of.least + other.least, of.most + other.most);
    case "-":
      return numbers(of.least - other.most, of.most - other.least);
    case "*":
    case "/":
      return of.least >= 0 && other.least >= 0 ? positive : unbounded;
    default:
      return comparisonOperators.has(operator) ? filtered(operator, left, of, other) : unbounded;
  }
}

function numbers(least: number, most: number): Bounds {
  return { least: Number.isNaN(least) ? -infinity : least, most: Number.isNaN(most) ? infinity : most };
}

/** What a comparison lets through, which are values of the side that has series. */
function filtered(operator: string, left: Expression, of: Bounds, other: Bounds): Bounds {
  if (valueTypeOf(left) === "scalar") return other;
  if (operator === ">" || operator === ">=") return { least: Math.max(of.least, other.least), most: of.most };
  if (operator === "<" || operator === "<=") return { least: of.least, most: Math.min(of.most, other.most) };
  if (operator === "==") return { least: Math.max(of.least, other.least), most: Math.min(of.most, other.most) };
  return of;
}

/** Whether a comparison of values in these bounds can hold, and whether it can fail. */
export function outcomesOf(
  operator: string,
  left: Bounds,
  right: Bounds,
): { readonly true: boolean; readonly false: boolean } {
  const equalPoints = left.least === left.most && right.least === right.most && left.least === right.least;
  const apart = left.most < right.least || left.least > right.most;
  switch (operator) {
    case ">":
      return { true: left.most > right.least, false: left.least <= right.most };
    case ">=":
      return { true: left.most >= right.least, false: left.least < right.most };
    case "<":
      return { true: left.least < right.most, false: left.most >= right.least };
    case "<=":
      return { true: left.least <= right.most, false: left.most > right.least };
    case "==":
      return { true: !apart, false: !equalPoints };
    case "!=":
      return { true: !equalPoints, false: !apart };
    default:
      return { true: true, false: true };
  }
}
