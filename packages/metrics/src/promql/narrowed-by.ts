import { metricCatalogue } from "../catalogue/catalogue.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries } from "../catalogue/series.ts";
import { seriesOf } from "./context.ts";
import type { Expression, FunctionCall, Operand, Selector } from "./expression.ts";
import { labelMatcher, type Matcher } from "./matcher.ts";
import { expressionOf } from "./select.ts";
import { withParts } from "./visit.ts";

/**
 * The labels of a result by which `narrowedBy` can narrow it: those that some of its series have, perhaps by another name.
 *
 * @example
 * narrowingLabels(sum(metric("kube_pod_info"), { by: ["namespace"] }), ["namespace", "node"]); // ["namespace"]
 */
export function narrowingLabels(operand: Operand, labels: readonly string[]): readonly string[] {
  return labels.filter((label) => placesOf(expressionOf(operand), label) !== "nowhere");
}

/**
 * The expression with a condition on a label of its result: at each series that has the label by its own, or, where none has, at each that has it from its
 * scrape. Where `label_replace` makes the label of another one, the condition is on that. The expression as it is where no series has the label.
 *
 * @example
 * narrowedBy(sum(metric("kube_pod_info"), { by: ["namespace"] }), "namespace", matching("$namespace"));
 * // sum by (namespace) (kube_pod_info{namespace=~"$namespace"})
 */
export function narrowedBy(operand: Operand, label: string, matcher: Matcher): Expression {
  const expression = expressionOf(operand);
  const place = placesOf(expression, label);
  if (place === "nowhere") return expression;
  return rewriteSelectorsFor(expression, label, (selector, name) =>
    labelPlace(selector, name) === place
      ? { ...selector, matchers: [...selector.matchers, labelMatcher(name, matcher)] }
      : selector,
  );
}

/** Where a series has a label from: its exporter, the scrape, or not at all. */
type LabelPlace = "own" | "target" | "nowhere";

function placesOf(expression: Expression, label: string): LabelPlace {
  const found = new Set<LabelPlace>();
  rewriteSelectorsFor(expression, label, (selector, name) => {
    found.add(labelPlace(selector, name));
    return selector;
  });
  return found.has("own") ? "own" : found.has("target") ? "target" : "nowhere";
}

const fromScrape: ReadonlySet<string> = new Set(targetLabels);

function labelPlace(selector: Selector, label: string): LabelPlace {
  const series = seriesOf(selector);
  const description = series === undefined ? undefined : describeSeries(metricCatalogue, series);
  if (description === undefined) return "nowhere";
  return description.labels.includes(label) ? "own" : fromScrape.has(label) ? "target" : "nowhere";
}

/**
 * The expression with each of its selectors changed. Each is handed over with what its series call the label that the result has: `label_replace` may have made it
 * of another one.
 *
 * @example
 * rewriteSelectorsFor(promql("kube_pod_info"), "namespace", (selector, name) => ({
 *   ...selector,
 *   matchers: [...selector.matchers, { label: name, operator: "=", value: "shop" }],
 * })); // kube_pod_info{namespace="shop"}
 */
export function rewriteSelectorsFor(
  expression: Expression,
  label: string,
  change: (selector: Selector, label: string) => Selector,
): Expression {
  if (expression.kind === "selector") return change(expression, label);
  const below = expression.kind === "call" ? renamedFrom(expression, label) : label;
  return withParts(expression, (part) => rewriteSelectorsFor(part, below, change));
}

/** `label_replace(series, "namespace", "$1", "exported_namespace", "(.*)")`: what the series below call the label. */
function renamedFrom({ name, arguments: given }: FunctionCall, label: string): string {
  const [, to, replacement, from, pattern] = given.map((argument) => (argument.kind === "text" ? argument.value : ""));
  return name === "label_replace" && to === label && replacement === "$1" && pattern === "(.*)" && from ? from : label;
}
