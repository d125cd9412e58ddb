import { parsePromql, type Selector } from "@plinth/metrics";

/**
 * A selector that was typed as text: a series with its matchers, without a range and without functions; `undefined` for any other text.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors
 */
export function selectorOf(text: string): Selector | undefined {
  const { expression, problem } = parsePromql(text);
  if (problem !== undefined || expression.kind !== "selector") return undefined;
  const { series, offset, at } = expression;
  return series === "" || offset !== undefined || at !== undefined ? undefined : expression;
}
