import { boundsOf } from "../bounds.ts";
import type { PromqlContext } from "../context.ts";
import type { BinaryOperation, FunctionCall } from "../expression.ts";
import type { Report } from "../report.ts";
import { valueTypeOf } from "../types.ts";

/** What is only doubtful about a function. */
export function hintsOfFunction({ name, arguments: [operand] }: FunctionCall, report: Report): void {
  if (name !== "absent" && name !== "absent_over_time") return;
  const of = operand?.kind === "range" ? operand.of : operand;
  if (of === undefined) return;
  const grouped = of.kind === "aggregation" && (of.grouping?.labels.length ?? 0) > 0;
  const several =
    of.kind === "selector" && of.matchers.some(({ label, operator }) => operator !== "=" && label !== "__name__");
  if (grouped || several)
    report(of, {
      rule: "absent-over-many",
      severity: "warning",
      message: `${name} of many: it only speaks when all of them are gone`,
      expected: "one selector whose matchers ask for one thing",
      example: 'absent(up{job="checkout"})',
    });
}

/** Whether what is divided by can be 0: the result is then NaN or infinite, and NaN fits no comparison. */
export function hintsOfDivision(operation: BinaryOperation, context: PromqlContext, report: Report): void {
  const { operator, right } = operation;
  if (operator !== "/" || valueTypeOf(right) !== "vector") return;
  const { least, most } = boundsOf(right, context);
  // A comparison with 0 around the divisor takes the 0 out.
  const guarded = right.kind === "binary" && right.operator === ">";
  if (guarded || least > 0 || most < 0) return;
  report(right, {
    rule: "division",
    severity: "warning",
    message: "what is divided by can be 0: the result is then NaN or infinite",
    expected: "a divisor above 0",
    example: "a / (b > 0)",
  });
}
