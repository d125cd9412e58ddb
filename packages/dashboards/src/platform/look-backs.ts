import { type Expression, partsOf, type RangeSelector } from "@plinth/metrics";

/** How an expression reads a series. */
export interface LookBack {
  readonly series: string;
  /** How far it looks back; left out for the newest sample. */
  readonly range?: string;
  /** The innermost function around it. */
  readonly call?: string;
  /** Every function around it. */
  readonly calls: readonly string[];
}

/** How an expression reads each of its series. */
export function lookBacksOf(
  expression: Expression,
  calls: readonly string[] = [],
  range?: string,
): readonly LookBack[] {
  if (expression.kind === "selector") {
    const [call] = calls;
    return [
      {
        series: expression.series,
        calls,
        ...(range === undefined ? {} : { range }),
        ...(call === undefined ? {} : { call }),
      },
    ];
  }
  const inner = expression.kind === "call" ? [expression.name, ...calls] : calls;
  const below = expression.kind === "range" && expression.of.kind === "selector" ? rangeText(expression) : undefined;
  return partsOf(expression).flatMap((part) => lookBacksOf(part, inner, below));
}

/** What stands between the brackets. */
function rangeText({ range, step, subquery }: RangeSelector): string {
  return step !== undefined ? `${range}:${step}` : subquery === true ? `${range}:` : range;
}
