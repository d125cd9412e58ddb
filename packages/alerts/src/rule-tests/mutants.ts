import type { BinaryOperator, Expression } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";

/** An alert with one thing changed, as a slip of the hand would: its unit tests must notice. */
export interface AlertMutant {
  /** What was changed: `> becomes <=`. */
  readonly change: string;
  readonly alert: Alert;
}

interface ExpressionMutant {
  readonly change: string;
  readonly expression: Expression;
}

const opposite: Partial<Readonly<Record<BinaryOperator, BinaryOperator>>> = {
  ">": "<=",
  "<=": ">",
  "<": ">=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
  and: "unless",
  unless: "and",
};
const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/**
 * An alert's mutants: each comparison and each set operator turned round, each threshold doubled and halved, each matcher dropped. Run the
 * alert's own tests on each: they must fail.
 *
 * @example
 * mutantsOf(nodeNotReady).map(({ change }) => change); // "unless becomes and", "== becomes !=" and so on
 */
export function mutantsOf(alert: Alert): readonly AlertMutant[] {
  return expressionMutants(alert.expr).map(({ change, expression }) => ({
    change,
    alert: { ...alert, expr: expression },
  }));
}

function expressionMutants(expression: Expression): readonly ExpressionMutant[] {
  switch (expression.kind) {
    case "selector":
      return expression.matchers.map((dropped) => ({
        change: `${expression.series} without ${dropped.label}${dropped.operator}${JSON.stringify(dropped.value)}`,
        expression: { ...expression, matchers: expression.matchers.filter((matcher) => matcher !== dropped) },
      }));
    case "range":
    case "aggregation":
    case "negation":
      return expressionMutants(expression.of).map((mutant) => ({
        ...mutant,
        expression: { ...expression, of: mutant.expression },
      }));
    case "call":
      return expression.arguments.flatMap((argument, index) =>
        expressionMutants(argument).map((mutant) => ({
          ...mutant,
          expression: { ...expression, arguments: expression.arguments.with(index, mutant.expression) },
        })),
      );
    case "binary": {
      const { operator, left, right } = expression;
      const turned = opposite[operator];
      return [
        ...(turned === undefined
          ? []
          : [{ change: `${operator} becomes ${turned}`, expression: { ...expression, operator: turned } }]),
        ...(comparisons.has(operator) && right.kind === "number" && right.value !== 0
          ? [2, 0.5].map((factor) => ({
              change: `${operator} ${right.value} becomes ${operator} ${right.value * factor}`,
              expression: { ...expression, right: { ...right, value: right.value * factor } },
            }))
          : []),
        ...expressionMutants(left).map((mutant) => ({
          ...mutant,
          expression: { ...expression, left: mutant.expression },
        })),
        ...expressionMutants(right).map((mutant) => ({
          ...mutant,
          expression: { ...expression, right: mutant.expression },
        })),
      ];
    }
    case "number":
    case "text":
    case "raw":
      return [];
  }
}
