import { type Finding, nearestName } from "@plinth/core";
import { type MetricCatalogue, metricCatalogue } from "../catalogue/catalogue.ts";
import type { MetricType } from "../catalogue/metric.ts";
import { targetLabels } from "../catalogue/scrape.ts";
import { describeSeries, seriesNames } from "../catalogue/series.ts";
import { labelsOfNode, labelsOfSeries, listedLabels, type PromqlContext } from "./labels.ts";
import {
  argumentsOf,
  functionName,
  nodesNamed,
  type ParsedPromql,
  parsePromql,
  type SyntaxNode,
  selectorFacts,
  unwrapped,
} from "./syntax.ts";

// https://prometheus.io/docs/prometheus/latest/querying/functions/: which functions look at a range, at which argument, and of what type.
const rangeFunctions: Readonly<
  Record<string, { readonly argument: number; readonly of?: MetricType; readonly instead?: string }>
> = {
  rate: { argument: 0, of: "counter", instead: "deriv" },
  irate: { argument: 0, of: "counter", instead: "deriv" },
  increase: { argument: 0, of: "counter", instead: "delta" },
  resets: { argument: 0, of: "counter", instead: "changes" },
  delta: { argument: 0, of: "gauge", instead: "increase" },
  idelta: { argument: 0, of: "gauge", instead: "irate" },
  deriv: { argument: 0, of: "gauge", instead: "rate" },
  predict_linear: { argument: 0, of: "gauge", instead: "rate" },
  double_exponential_smoothing: { argument: 0, of: "gauge", instead: "rate" },
  changes: { argument: 0 },
  absent_over_time: { argument: 0 },
  avg_over_time: { argument: 0 },
  count_over_time: { argument: 0 },
  first_over_time: { argument: 0 },
  last_over_time: { argument: 0 },
  mad_over_time: { argument: 0 },
  max_over_time: { argument: 0 },
  min_over_time: { argument: 0 },
  present_over_time: { argument: 0 },
  quantile_over_time: { argument: 1 },
  stddev_over_time: { argument: 0 },
  stdvar_over_time: { argument: 0 },
  sum_over_time: { argument: 0 },
};

/**
 * What is wrong with an expression, ours or somebody's: syntax, metrics and labels that do not exist, functions that make no sense of a metric,
 * a quantile of something without buckets. Positions count from 1.
 *
 * @example
 * promqlFindings('rate(kube_pod_info{namespce="a"}[5m])').map(({ message }) => message);
 * // kube_pod_info has no label "namespce"; rate of the gauge kube_pod_info
 */
export function promqlFindings(text: string, context: PromqlContext = {}): readonly Finding[] {
  const parsed = parsePromql(text, context.variables);
  if (parsed.errorAt !== undefined) return [syntaxFinding(parsed.text, parsed.errorAt)];
  return [
    ...nodesNamed(parsed.top, "VectorSelector").flatMap((node) => selectorFindings(parsed, node, context)),
    ...nodesNamed(parsed.top, "FunctionCall").flatMap((node) => [
      ...rangeFindings(parsed, node, context),
      ...quantileFindings(parsed, node, context),
    ]),
    ...nodesNamed(parsed.top, "AggregateExpr").flatMap((node) => groupingFindings(parsed, node, context)),
  ];
}

/**
 * Only whether an expression parses: for metrics that no catalogue knows.
 *
 * @example
 * promqlSyntaxFindings("sum(rate(requests_total[5m])").length; // 1
 */
export function promqlSyntaxFindings(text: string, context: Pick<PromqlContext, "variables"> = {}): readonly Finding[] {
  const { text: masked, errorAt } = parsePromql(text, context.variables);
  return errorAt === undefined ? [] : [syntaxFinding(masked, errorAt)];
}

function finding(message: string, rest: Partial<Finding> = {}): Finding {
  return { code: "invalid-expression", severity: "error", message, ...rest };
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function syntaxFinding(text: string, offset: number): Finding {
  const rest = text.slice(offset, offset + 20);
  const message = `does not parse at ${place(text, offset)}: ${rest.trim() === "" ? "the expression ends too early" : JSON.stringify(rest)}`;
  return finding(message, {
    expected: "a PromQL expression",
    example: 'sum by (service_name) (rate(traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m]))',
  });
}

function catalogueOf(context: PromqlContext): MetricCatalogue {
  return context.catalogue ?? metricCatalogue;
}

function selectorFindings(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): readonly Finding[] {
  const { series, labels } = selectorFacts(parsed, node);
  if (series === undefined) return [];
  const catalogue = catalogueOf(context);
  const description = describeSeries(catalogue, series);
  if (description === undefined) {
    const meant = nearestName(series, seriesNames(catalogue));
    const hint =
      meant === undefined
        ? "Describe a metric of your own with defineMetric and pass it in the catalogue."
        : `Did you mean ${meant}?`;
    return [finding(`${series} is not in the metric catalogue`, { code: "unknown-reference", hint })];
  }
  const findings: Finding[] = [];
  if (description.type === "histogram")
    findings.push(
      finding(`${series} is a histogram and has no samples of its own`, {
        expected: `${series}_bucket, ${series}_count or ${series}_sum`,
      }),
    );
  const known = labelsOfSeries(series, context);
  for (const { name } of labels) {
    if (known === undefined || known.has(name)) continue;
    const meant = nearestName(name, known);
    findings.push(
      finding(`${series} has no label ${JSON.stringify(name)}`, {
        code: "unknown-reference",
        expected: `one of ${[...description.labels, ...targetLabels.filter((label) => !description.labels.includes(label))].join(", ")}`,
        ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
      }),
    );
  }
  return findings;
}

function rangeFindings(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): readonly Finding[] {
  const name = functionName(parsed, node);
  const rule = Object.hasOwn(rangeFunctions, name) ? rangeFunctions[name] : undefined;
  const argument = rule === undefined ? undefined : argumentsOf(node)[rule.argument];
  if (rule === undefined || argument === undefined) return [];
  const operand = rangeOperand(unwrapped(argument));
  if (operand === undefined)
    return [
      finding(
        `${name} looks at a range, and ${JSON.stringify(parsed.text.slice(argument.from, argument.to))} is none`,
        { expected: "a selector with a range", example: `${name}(metric[5m])` },
      ),
    ];
  const { series } = operand.name === "VectorSelector" ? selectorFacts(parsed, operand) : {};
  const type = series === undefined ? undefined : describeSeries(catalogueOf(context), series)?.type;
  if (rule.of === undefined || type === undefined || type === rule.of || type === "histogram" || type === "summary")
    return [];
  return [
    finding(`${name} of the ${type} ${series}`, {
      expected: `a ${rule.of}`,
      ...(rule.instead === undefined ? {} : { hint: `For a ${type} use ${rule.instead}.` }),
    }),
  ];
}

/** What a range is taken of, or `undefined` when it is no range. A range may carry `offset`, `@`, `anchored`. */
function rangeOperand(node: SyntaxNode): SyntaxNode | undefined {
  if (["OffsetExpr", "StepInvariantExpr", "AnchoredExpr", "SmoothedExpr"].includes(node.name)) {
    const inner = node.getChild("Expr");
    return inner === null ? undefined : rangeOperand(inner);
  }
  if (node.name === "MatrixSelector" || node.name === "SubqueryExpr") return node.getChild("Expr") ?? undefined;
  return undefined;
}

function quantileFindings(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): readonly Finding[] {
  if (functionName(parsed, node) !== "histogram_quantile") return [];
  const buckets = argumentsOf(node)[1];
  if (buckets === undefined)
    return [
      finding("histogram_quantile takes a quantile and buckets", {
        example: "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
      }),
    ];
  const labels = labelsOfNode(parsed, buckets, context);
  if (labels === undefined || labels.has("le")) return [];
  return [
    finding("histogram_quantile without the label le", {
      expected: "an operand that keeps the buckets apart",
      example: "histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))",
    }),
  ];
}

function groupingFindings(parsed: ParsedPromql, node: SyntaxNode, context: PromqlContext): readonly Finding[] {
  const operand = argumentsOf(node).at(-1);
  const labels = operand === undefined ? undefined : labelsOfNode(parsed, operand, context);
  if (labels === undefined) return [];
  const listed = listedLabels(parsed, node.getChild("AggregateModifier")?.getChild("GroupingLabels") ?? null);
  return listed.flatMap(({ name, from }) => {
    if (labels.has(name)) return [];
    const meant = nearestName(name, labels);
    return [
      finding(`${JSON.stringify(name)} at ${place(parsed.text, from)} is a label that no series below has`, {
        code: "unknown-reference",
        expected: `one of ${[...labels].sort().join(", ")}`,
        ...(meant === undefined ? {} : { hint: `Did you mean ${meant}?` }),
      }),
    ];
  });
}
