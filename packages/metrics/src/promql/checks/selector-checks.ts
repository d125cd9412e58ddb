import { nearestName } from "@plinth/core";
import { metricCatalogue } from "../../catalogue/catalogue.ts";
import { targetLabels } from "../../catalogue/scrape.ts";
import { type SeriesDescription, seriesNames } from "../../catalogue/series.ts";
import { descriptionOf, type PromqlContext, seriesOf, valuesOf } from "../context.ts";
import type { LabelMatcher, Selector } from "../expression.ts";
import { labelsOfSeries } from "../labels.ts";
import { labelPattern } from "../re2.ts";
import type { Report } from "../report.ts";

/** Whether the catalogue has a selector's series, its labels and their values. */
export function checkSelector(selector: Selector, context: PromqlContext, report: Report): void {
  const series = seriesOf(selector);
  if (series === undefined) return;
  const description = descriptionOf(selector, context);
  if (description === undefined) {
    reportUnknownMetric(selector, series, context, report);
    return;
  }
  if (description.type === "histogram" && description.metric.native !== true)
    report(selector, {
      rule: "metric-type",
      message: `${series} is a histogram and has no samples of its own`,
      expected: `${series}_bucket, ${series}_count or ${series}_sum`,
    });
  const known = labelsOfSeries(series, context);
  for (const matcher of selector.matchers) {
    const { label } = matcher;
    if (label === "__name__") continue;
    if (known !== undefined && !known.has(label)) {
      const meant = nearestName(label, known);
      report(matcher, {
        rule: "unknown-label",
        code: "unknown-reference",
        message: `${series} has no label ${JSON.stringify(label)}`,
        expected: `one of ${[...description.labels, ...targetLabels.filter((target) => !description.labels.includes(target))].join(", ")}`,
        ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
      });
    } else checkValue(matcher, description, context, report);
  }
}

function reportUnknownMetric(
  selector: Selector,
  series: string,
  { catalogue = metricCatalogue }: PromqlContext,
  report: Report,
): void {
  const meant = nearestName(series, seriesNames(catalogue));
  report(selector, {
    rule: "unknown-metric",
    code: "unknown-reference",
    message: `${series} is not in the metric catalogue`,
    expected: "a metric that the platform has",
    hint:
      meant === undefined
        ? "Describe a metric of your own with defineMetric and pass it in the catalogue."
        : `Did you mean ${meant}?`,
  });
}

// A value that is filled in later says nothing now.
const filledIn: Readonly<Record<NonNullable<PromqlContext["variables"]>, RegExp>> = {
  grafana: /\$\w|\$\{|\[\[/,
  sloth: /\{\{/,
};

function checkValue(
  matcher: LabelMatcher,
  description: SeriesDescription,
  context: PromqlContext,
  report: Report,
): void {
  const { label, operator, value } = matcher;
  if (context.variables !== undefined && filledIn[context.variables].test(value)) return;
  const values = valuesOf(description, label);
  if (operator === "=" || operator === "!=") {
    if (value !== "" && values?.includes(value) === false)
      reportUnknownValue(matcher, value, description, values, report);
    return;
  }
  const pattern = labelPattern(value);
  if (pattern.problem !== undefined) return;
  if (context.hints === true && pattern.matches("") === true && (value === ".*" || value === "(.*)"))
    report(matcher, {
      rule: "matches-everything",
      severity: "warning",
      message: `${label}${operator}${JSON.stringify(value)} ${operator === "=~" ? "leaves nothing out" : "leaves nothing"}`,
      expected: operator === "=~" ? "no matcher, or .+ for series that have the label" : "a narrower expression",
    });
  if (values === undefined) return;
  const literals = literalAlternatives(value);
  const unknown = literals?.find((literal) => literal !== "" && !values.includes(literal));
  if (unknown !== undefined) {
    reportUnknownValue(matcher, unknown, description, values, report);
    return;
  }
  const matched = [...values, ""].map((known) => pattern.matches(known));
  if (matched.includes(undefined)) return;
  if (!matched.includes(true))
    report(matcher, {
      rule: "regex",
      message: `${JSON.stringify(value)} matches no value of ${label}`,
      expected: `an expression for some of ${values.join(", ")}`,
    });
  else if (operator === "!~" && !matched.includes(false))
    report(matcher, {
      rule: "regex",
      message: `${label}!~${JSON.stringify(value)} leaves no series: it matches every value`,
      expected: `an expression for some of ${values.join(", ")}`,
    });
  else if (context.hints === true && operator === "=~" && !matched.slice(0, -1).includes(false))
    report(matcher, {
      rule: "matches-everything",
      severity: "warning",
      message: `${JSON.stringify(value)} matches every value of ${label}`,
      expected: `no matcher, or an expression for some of ${values.join(", ")}`,
    });
}

function reportUnknownValue(
  matcher: LabelMatcher,
  value: string,
  { metric }: SeriesDescription,
  values: readonly string[],
  report: Report,
): void {
  const meant = nearestName(value, values);
  report(matcher, {
    rule: "unknown-value",
    code: "unknown-reference",
    message: `${matcher.label} of ${metric.name} is never ${JSON.stringify(value)}`,
    expected: `one of ${values.join(", ")}`,
    ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
  });
}

/** The texts of `a|b\.c`; `undefined` for an expression that is more than that. */
export function literalAlternatives(expression: string): readonly string[] | undefined {
  if (!/^(?:[^\\.+*?()|[\]{}^$]|\\[\\.+*?()|[\]{}^$-]|\|)*$/.test(expression)) return undefined;
  return expression.split(/(?<!\\)\|/).map((alternative) => alternative.replace(/\\(.)/g, "$1"));
}
