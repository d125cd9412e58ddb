import { call, type Expression, over, parsePromql, printPromqlLine, rewritePromql } from "@plinth/metrics";
import { windowVariable } from "../../sloth/indicator-rules.ts";
import type { Report } from "../report.ts";

const window = "{{.window}}";

/**
 * A query over the window of a rule. OpenSLO does not say how a query gets its window, so files have queries of three kinds: with Sloth's `{{.window}}`, with
 * a range of their own (`rate(errors_total[5m])`), and without one, where `counter` says whether the value only grows.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/README.md#sli
 */
export function overWindow(query: string, counter: boolean, at: string, report: Report): string | undefined {
  if (query.search(windowVariable) !== -1) return query;
  const { expression, problem } = parsePromql(query);
  if (expression === undefined) {
    report.refuse(
      `${at}.metricSource.spec.query`,
      `is no PromQL: ${problem.message}`,
      "PromQL",
      `sum(rate(requests_total[${window}]))`,
    );
    return undefined;
  }
  let ranges = 0;
  const widened = rewritePromql(expression, (part) => {
    if (part.kind !== "range" || part.of.kind !== "selector") return part;
    ranges += 1;
    return { ...part, range: window };
  });
  if (ranges > 0) {
    report.warn(`${at}.metricSource.spec.query`, "has a range of its own, and each rule looks over its window instead");
    return printPromqlLine(widened);
  }
  if (!counter) return `avg_over_time((${printPromqlLine(expression)})[${window}:])`;
  return printPromqlLine(rewritePromql(expression, increaseOf));
}

/** Each counter by how much it has grown. */
function increaseOf(part: Expression): Expression {
  return part.kind === "selector" ? call("increase", over(part, window)) : part;
}

/** The same query over another range. */
export function shortened(query: string, range: string): string {
  return query.replace(windowVariable, range);
}
