import { nearestName, parseDuration } from "@plinth/core";
import type { MetricType } from "../../catalogue/metric.ts";
import { constantOf } from "../bounds.ts";
import { descriptionOf, type PromqlContext, seriesOf } from "../context.ts";
import type { Aggregation, Expression, FunctionCall } from "../expression.ts";
import { resultLabels } from "../labels.ts";
import { labelPattern } from "../re2.ts";
import type { Report } from "../report.ts";
import { selectorsOf } from "../visit.ts";

// https://prometheus.io/docs/prometheus/latest/querying/functions/: which functions look at a range of what.
const rangeFunctions: Readonly<Record<string, { readonly of: MetricType; readonly instead: string }>> = {
  rate: { of: "counter", instead: "deriv" },
  irate: { of: "counter", instead: "deriv" },
  increase: { of: "counter", instead: "delta" },
  resets: { of: "counter", instead: "changes" },
  delta: { of: "gauge", instead: "increase" },
  idelta: { of: "gauge", instead: "irate" },
  deriv: { of: "gauge", instead: "rate" },
  predict_linear: { of: "gauge", instead: "rate" },
  double_exponential_smoothing: { of: "gauge", instead: "rate" },
};

// Functions that need two samples in their range to say something.
const ofTwoSamples: ReadonlySet<string> = new Set([
  "rate",
  "irate",
  "increase",
  "delta",
  "idelta",
  "deriv",
  "predict_linear",
]);

const quantileExample = "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))";

/** Whether a function makes sense of what it is given. */
export function checkFunction(call: FunctionCall, context: PromqlContext, report: Report): void {
  const { name, arguments: list } = call;
  const [first, second, third] = list;
  if (Object.hasOwn(rangeFunctions, name)) checkRange(call, context, report);
  if (name === "histogram_quantile" && second !== undefined) {
    checkShare(first, name, report);
    checkBuckets(second, name, context, report);
  }
  if (name === "histogram_fraction" && third !== undefined) checkBuckets(third, name, context, report);
  if (ofNativeHistograms.has(name) && first !== undefined) checkNative(first, name, context, report);
  if (name === "quantile_over_time") checkShare(first, name, report);
  if (name === "label_replace") checkReplacement(call, context, report);
}

function checkRange({ name, arguments: [range] }: FunctionCall, context: PromqlContext, report: Report): void {
  const rule = rangeFunctions[name];
  if (rule === undefined || range?.kind !== "range") return;
  const { of, range: text } = range;
  if (of.kind === "selector") {
    const type = descriptionOf(of, context)?.type;
    if (type !== undefined && type !== rule.of && type !== "histogram" && type !== "summary")
      report(range, {
        rule: "metric-type",
        message: `${name} of the ${type} ${seriesOf(of)}`,
        expected: `a ${rule.of}`,
        hint: `For a ${type} use ${rule.instead}.`,
      });
  } else if (rule.of === "counter" && name !== "resets" && sumsCounters(of, context))
    report(range, {
      rule: "rate-of-sum",
      message: `${name} of a sum of counters: when one of them begins again, the sum falls, and all of it counts as new`,
      expected: `the sum of each ${name}`,
      example: `sum(${name}(metric[5m]))`,
    });
  const interval = context.scrapeInterval === undefined ? undefined : parseDuration(context.scrapeInterval);
  const length = parseDuration(text);
  if (
    interval !== undefined &&
    length !== undefined &&
    length < 2 * interval &&
    ofTwoSamples.has(name) &&
    of.kind === "selector"
  )
    report(range, {
      rule: "short-range",
      message: `${name} over ${text} of what is scraped each ${context.scrapeInterval}: a range often holds one sample, and nothing comes of that`,
      expected: "at least twice the scrape interval, better four times",
    });
}

function sumsCounters(expression: Expression, context: PromqlContext): boolean {
  if (expression.kind !== "aggregation" || (expression.operator !== "sum" && expression.operator !== "avg"))
    return false;
  const { of } = expression;
  return of.kind === "selector" && descriptionOf(of, context)?.type === "counter";
}

function checkShare(share: Expression | undefined, name: string, report: Report): void {
  const value = share === undefined ? undefined : constantOf(share);
  if (share === undefined || value === undefined || (value >= 0 && value <= 1)) return;
  report(share, {
    rule: "histogram-quantile",
    message: `${name} of ${value}: a quantile is a share of 1`,
    expected: "0 to 1",
    example: value > 1 && value <= 100 ? String(value / 100) : "0.95",
  });
}

function checkBuckets(operand: Expression, name: string, context: PromqlContext, report: Report): void {
  const { possible } = resultLabels(operand, context);
  if (possible === undefined || possible.has("le") || isNative(operand, context)) return;
  report(operand, {
    rule: "histogram-quantile",
    message: `${name} without the label le`,
    expected: "an operand that keeps the buckets apart",
    example: quantileExample,
  });
}

// https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_count-and-histogram_sum
const ofNativeHistograms: ReadonlySet<string> = new Set(
  ["avg", "count", "sum", "stddev", "stdvar"].map((of) => `histogram_${of}`),
);

function checkNative(operand: Expression, name: string, context: PromqlContext, report: Report): void {
  const descriptions = selectorsOf(operand).map((selector) => descriptionOf(selector, context));
  if (descriptions.length === 0 || descriptions.includes(undefined) || isNative(operand, context)) return;
  const [first] = descriptions;
  report(operand, {
    rule: "metric-type",
    message: `${name} looks at native histograms, and ${first?.metric.name} is none`,
    expected: "a metric that Prometheus stores as a native histogram",
    hint: "A classic histogram has its count and sum in _count and _sum.",
  });
}

/** Whether the samples are histograms themselves. */
function isNative(expression: Expression, context: PromqlContext): boolean {
  switch (expression.kind) {
    case "selector":
      return descriptionOf(expression, context)?.metric.native === true;
    case "range":
    case "aggregation":
      return isNative(expression.of, context);
    case "call":
      return expression.arguments.some((argument) => isNative(argument, context));
    case "binary":
      return isNative(expression.left, context) || isNative(expression.right, context);
    default:
      return false;
  }
}

function checkReplacement({ arguments: list }: FunctionCall, context: PromqlContext, report: Report): void {
  const [operand, , replacement, from, pattern] = list;
  if (operand === undefined || replacement?.kind !== "text" || from?.kind !== "text" || pattern?.kind !== "text")
    return;
  const { problem, groups } = labelPattern(pattern.value);
  if (problem !== undefined) {
    report(pattern, {
      rule: "regex",
      message: `the expression ${JSON.stringify(pattern.value)} is no RE2: ${problem}`,
      expected: "a regular expression as RE2 knows it",
    });
    return;
  }
  const highest = Math.max(
    0,
    ...[...replacement.value.matchAll(/(?<!\$)\$\{?(\d{1,2})\b/g)].map(([, number]) => Number(number)),
  );
  if (highest > groups)
    report(replacement, {
      rule: "regex",
      message: `${JSON.stringify(replacement.value)} takes over group ${highest}, and ${JSON.stringify(pattern.value)} has ${groups}`,
      expected: "a group of the expression",
      example: '"$1" of "(.*)"',
    });
  const { possible } = resultLabels(operand, context);
  if (from.value === "" || possible === undefined || possible.has(from.value) || from.value === "__name__") return;
  reportLabel(from, from.value, possible, report);
}

/** Whether what an aggregation groups by is there to be grouped by. */
export function checkAggregation(
  { operator, parameter, of, grouping }: Aggregation,
  context: PromqlContext,
  report: Report,
): void {
  if (operator === "quantile") checkShare(parameter, operator, report);
  if (grouping === undefined) return;
  const { possible } = resultLabels(of, context);
  if (possible === undefined) return;
  grouping.labels.forEach((label, index) => {
    if (!possible.has(label) && label !== "__name__") reportLabel(grouping.labels, label, possible, report, index);
  });
}

export function reportLabel(
  part: object,
  label: string,
  possible: ReadonlySet<string>,
  report: Report,
  index?: number,
): void {
  const meant = nearestName(label, possible);
  report(part, {
    rule: "unknown-label",
    code: "unknown-reference",
    message: `${JSON.stringify(label)} is a label that no series below has`,
    expected: possible.size === 0 ? "no label: there is none" : `one of ${[...possible].sort().join(", ")}`,
    ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
    ...(index === undefined ? {} : { index }),
  });
}
