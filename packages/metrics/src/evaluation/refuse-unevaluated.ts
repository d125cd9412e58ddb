import type { Expression } from "../promql/expression.ts";
import { promql } from "../promql/promql.ts";
import { visitPromql } from "../promql/visit.ts";
import { evaluatedAggregations } from "./aggregations.ts";
import { millisecondsOf } from "./evaluate-expression.ts";
import { evaluatedFunctions } from "./functions.ts";
import { arithmetic, comparisons } from "./value-computations.ts";

/** Throws a TypeError for the first part of an expression that is not evaluated here, whatever the series are. */
export function refuseUnevaluated(expression: Expression): void {
  visitPromql(expression, (part) => {
    const what = unevaluated(part);
    if (what !== undefined) throw new TypeError(`${what} is not evaluated here.`);
    if ("offset" in part && part.offset !== undefined) millisecondsOf(part.offset);
    if (part.kind !== "range") return;
    millisecondsOf(part.range);
    if (part.step !== undefined) millisecondsOf(part.step);
  });
}

function unevaluated(part: Expression): string | undefined {
  switch (part.kind) {
    case "call":
      return evaluatedFunctions.has(part.name) ? undefined : `The function ${part.name}`;
    case "aggregation":
      return evaluatedAggregations.has(part.operator) ? undefined : `The aggregation ${part.operator}`;
    case "selector":
      return part.ends;
    case "binary": {
      if (part.matching?.fill !== undefined) return "fill";
      const { operator } = part;
      const known = operator === "and" || operator === "or" || operator === "unless";
      return known || arithmetic[operator] !== undefined || comparisons[operator] !== undefined
        ? undefined
        : `The operator ${operator}`;
    }
    case "raw":
      refuseUnevaluated(promql(part.text));
      return undefined;
    default:
      return undefined;
  }
}
