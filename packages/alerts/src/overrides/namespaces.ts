import {
  catalogueWith,
  type Expression,
  type LabelMatcher,
  type MetricCatalogue,
  rewriteSelectorsFor,
  type Selector,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import type { FiringScenario, InputSeries, Scenario } from "../alert/scenario.ts";

const namespace = "namespace";

/** True when the alert is about namespaces, and series of its expression say in which one they are. */
export function looksAtNamespaces(alert: Alert): boolean {
  return alert.labels.includes(namespace) && withMatcher(alert, { operator: "=", value: "" }).labels.size > 0;
}

/** The alert without some namespaces: what would fire stays quiet there, unless another alert of the name looks at them. */
export function withoutNamespaces(alert: Alert, excluded: readonly string[], others: "nobody" | "somebody"): Alert {
  const { expression, labels } = withMatcher(alert, exclusion(excluded));
  const [gone = ""] = excluded;
  const [first] = alert.fires;
  return {
    ...alert,
    expr: expression,
    fires: alert.fires.map((scenario) =>
      excluded.includes(scenario.labels[namespace] ?? "") ? movedTo(scenario, freeName(excluded), labels) : scenario,
    ),
    quiet: [
      ...alert.quiet,
      ...(first === undefined || others === "somebody"
        ? []
        : [quietScenario(movedTo(first, gone, labels), `${first.name} in ${gone}, which is left out`)]),
    ],
  };
}

/** The alert for one namespace, beside another one of its name that looks at the rest. */
export function inNamespace(alert: Alert, only: string): Alert {
  const { expression, labels } = withMatcher(alert, { operator: "=", value: only });
  return {
    ...alert,
    expr: expression,
    fires: alert.fires.map((scenario) => movedTo(scenario, only, labels)),
    quiet: alert.quiet.map((scenario) => movedScenario(scenario, only, labels)),
  };
}

function exclusion(excluded: readonly string[]): NamespaceMatcher {
  const [only = ""] = excluded;
  return excluded.length === 1
    ? { operator: "!=", value: only }
    : { operator: "!~", value: excluded.toSorted().join("|") };
}

function freeName(taken: readonly string[]): string {
  return taken.includes("elsewhere") ? `${taken.join("-")}-elsewhere` : "elsewhere";
}

function movedTo(scenario: FiringScenario, target: string, labels: ReadonlySet<string>): FiringScenario {
  const from = scenario.labels[namespace];
  if (from === undefined) return scenario;
  return {
    ...scenario,
    labels: { ...scenario.labels, [namespace]: target },
    series: scenario.series.map((series) => movedSeries(series, from, target, labels)),
  };
}

/** A quiet place is moved where all of it lies in one namespace; where several play a part they are what it is about. */
function movedScenario(scenario: Scenario, target: string, labels: ReadonlySet<string>): Scenario {
  const names = new Set(
    scenario.series.flatMap((series) => [...labels].flatMap((label) => series.labels[label] ?? [])),
  );
  const [from] = names;
  return names.size !== 1 || from === undefined
    ? scenario
    : { ...scenario, series: scenario.series.map((series) => movedSeries(series, from, target, labels)) };
}

function movedSeries(series: InputSeries, from: string, target: string, labels: ReadonlySet<string>): InputSeries {
  const moved = [...labels].filter((label) => series.labels[label] === from).map((label) => [label, target]);
  return moved.length === 0 ? series : { ...series, labels: { ...series.labels, ...Object.fromEntries(moved) } };
}

function quietScenario({ series }: FiringScenario, name: string): Scenario {
  return { name, series };
}

/** What a matcher says of the alert's label `namespace`, whatever the series call it. */
type NamespaceMatcher = Pick<LabelMatcher, "operator" | "value">;

interface Narrowed {
  readonly expression: Expression;
  /** Labels of series that say in which namespace they are; none when no series does. */
  readonly labels: ReadonlySet<string>;
}

/** The expression with a matcher at each series that says in which namespace it is. */
function withMatcher({ expr, metrics }: Alert, matcher: NamespaceMatcher): Narrowed {
  const catalogue = catalogueWith(...metrics);
  const labels = new Set<string>();
  const select = (selector: Selector, label: string): Selector => {
    if (!labelsOf(catalogue, selector.series).includes(label)) return selector;
    labels.add(label);
    return { ...selector, matchers: [...selector.matchers, { label, ...matcher }] };
  };
  return { expression: rewriteSelectorsFor(expr, namespace, select), labels };
}

function labelsOf(catalogue: MetricCatalogue, series: string): readonly string[] {
  const metric = catalogue.get(series) ?? catalogue.get(series.replace(/_(?:bucket|count|sum)$/, ""));
  return metric?.labels ?? [];
}
