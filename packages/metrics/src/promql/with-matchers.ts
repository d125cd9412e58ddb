import type { MetricCatalogue } from "../catalogue/catalogue.ts";
import { seriesOf } from "./context.ts";
import type { Expression, LabelMatcher, Operand, Selector } from "./expression.ts";
import { labelsOfSeries, type PossibleLabels } from "./labels.ts";
import { labelMatcher, type Matcher } from "./matcher.ts";
import { parsePromql } from "./promql.ts";
import { isMatcherList } from "./select.ts";
import { rewritePromql } from "./visit.ts";

/** The series that a selector of an expression asks for. */
export interface SelectedSeries {
  /** Its name; `undefined` where the selector does not say it. */
  readonly series: string | undefined;
  /** The labels that it can have; `undefined` where the catalogue does not have it. */
  readonly labels: PossibleLabels;
  readonly selector: Selector;
}

export interface WithMatchersOptions {
  /** Which selectors get them, of those whose series have the label. @default all */
  readonly where?: (series: SelectedSeries) => boolean;
  /** What says which labels a series has. @default `metricCatalogue` */
  readonly catalogue?: MetricCatalogue;
}

/**
 * The expression with conditions added to each selector whose series have the label, by the catalogue: an alert without some namespaces, a
 * query for one cluster. A condition that stands there already is not added again.
 *
 * @example
 * withMatchers(count(metric("kube_pod_info")), { namespace: noneOf("sandbox") });
 * // count(kube_pod_info{namespace!~"sandbox"})
 */
export function withMatchers(
  operand: Operand,
  matchers: Readonly<Record<string, Matcher | readonly Matcher[]>>,
  options: WithMatchersOptions = {},
): Expression {
  const { where = () => true, catalogue } = options;
  const added = Object.entries(matchers).flatMap(([label, matcher]) =>
    (isMatcherList(matcher) ? matcher : [matcher]).map((one) => labelMatcher(label, one)),
  );
  const change = (selector: Selector): Selector => {
    const series = seriesOf(selector);
    const labels =
      series === undefined ? undefined : labelsOfSeries(series, catalogue === undefined ? {} : { catalogue });
    if (labels === undefined || !where({ series, labels, selector })) return selector;
    const missing = added.filter(
      (matcher) => labels.has(matcher.label) && !selector.matchers.some((one) => isSame(one, matcher)),
    );
    return missing.length === 0 ? selector : { ...selector, matchers: [...selector.matchers, ...missing] };
  };
  return rewritePromql(operand, (part) => {
    if (part.kind === "selector") return change(part);
    if (part.kind !== "raw") return part;
    // Text that somebody vouches for has selectors, too, where it is PromQL.
    const { expression } = parsePromql(part.text);
    return expression === undefined || expression.kind === "raw" ? part : withMatchers(expression, matchers, options);
  });
}

function isSame(one: LabelMatcher, other: LabelMatcher): boolean {
  return one.label === other.label && one.operator === other.operator && one.value === other.value;
}
