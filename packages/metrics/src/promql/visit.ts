import type { Expression, Operand, Selector } from "./expression.ts";
import { expressionOf } from "./select.ts";

/** The parts that an expression is directly made of, in the order of the text. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "range":
    case "negation":
      return [expression.of];
    case "call":
      return expression.arguments;
    case "aggregation":
      return expression.parameter === undefined ? [expression.of] : [expression.parameter, expression.of];
    case "binary":
      return [expression.left, expression.right];
    default:
      return [];
  }
}

/**
 * Looks at an expression and each of its parts, the outer ones first, in the order of the text.
 *
 * @example
 * visitPromql(sum(metric("up")), ({ kind }) => console.log(kind)); // aggregation, selector
 */
export function visitPromql(operand: Operand, look: (part: Expression) => void): void {
  const expression = expressionOf(operand);
  look(expression);
  for (const part of partsOf(expression)) visitPromql(part, look);
}

/**
 * The expression with each part exchanged for what the function makes of it, the inner ones first. A part that is given back as it is
 * stays the same value.
 *
 * @example
 * rewritePromql(greaterThan(metric("up"), 0.5), (part) => (part.kind === "number" ? { ...part, value: 1 } : part));
 */
export function rewritePromql(operand: Operand, change: (part: Expression) => Expression): Expression {
  return change(withParts(expressionOf(operand), (part) => rewritePromql(part, change)));
}

/** The expression with each of the parts that it is directly made of exchanged. */
export function withParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case "range":
    case "negation": {
      const of = change(expression.of);
      return of === expression.of ? expression : { ...expression, of };
    }
    case "call": {
      const list = expression.arguments.map(change);
      return list.every((part, index) => part === expression.arguments[index])
        ? expression
        : { ...expression, arguments: list };
    }
    case "aggregation": {
      const parameter = expression.parameter === undefined ? undefined : change(expression.parameter);
      const of = change(expression.of);
      if (of === expression.of && parameter === expression.parameter) return expression;
      return { ...expression, of, ...(parameter === undefined ? {} : { parameter }) };
    }
    case "binary": {
      const [left, right] = [change(expression.left), change(expression.right)];
      return left === expression.left && right === expression.right ? expression : { ...expression, left, right };
    }
    default:
      return expression;
  }
}

/** The selectors of an expression, in the order of the text. */
export function selectorsOf(operand: Operand): readonly Selector[] {
  const found: Selector[] = [];
  visitPromql(operand, (part) => {
    if (part.kind === "selector") found.push(part);
  });
  return found;
}
