export {
  catalogueWith,
  defineMetric,
  type LabelOf,
  type MetricCatalogue,
  type MetricName,
  metric,
  metricCatalogue,
  type TargetLabel,
} from "./catalogue/catalogue.ts";
export type { Metric, MetricDescription, MetricSource, MetricType, MetricUnit } from "./catalogue/metric.ts";
export {
  dashboardUrl,
  type PlatformDashboardTopic,
  platformDashboardTopics,
  platformDashboardUid,
  runbookPath,
  runbookUrl,
  serviceDashboardUid,
} from "./links.ts";
export {
  type AggregationOptions,
  avg,
  bottomk,
  count,
  group,
  max,
  min,
  quantile,
  sum,
  topk,
} from "./promql/aggregate.ts";
export type {
  Aggregation,
  AggregationOperator,
  BinaryOperation,
  BinaryOperator,
  Expression,
  FunctionCall,
  Grouping,
  LabelMatcher,
  MatchOperator,
  Negation,
  NumberLiteral,
  Operand,
  RangeSelector,
  RawPromql,
  Selector,
  TextLiteral,
  VectorMatching,
} from "./promql/expression.ts";
export { promqlFindings, promqlSyntaxFindings } from "./promql/findings.ts";
export {
  abs,
  absent,
  absentOverTime,
  avgOverTime,
  call,
  changes,
  clampMax,
  clampMin,
  countOverTime,
  delta,
  histogramQuantile,
  increase,
  irate,
  labelReplace,
  lastOverTime,
  maxOverTime,
  minOverTime,
  predictLinear,
  rate,
  resets,
  type Series,
  scalar,
  sortDesc,
  sumOverTime,
  time,
  timestamp,
  vector,
} from "./promql/functions.ts";
export { labelsOfPromql, type PossibleLabels, type PromqlContext } from "./promql/labels.ts";
export { type Matcher, type MatcherValue, matching, noneOf, notEqualTo, notMatching, oneOf } from "./promql/matcher.ts";
export { formatDecimal } from "./promql/number.ts";
export {
  add,
  and,
  type ComparisonOptions,
  divide,
  equal,
  greaterOrEqual,
  greaterThan,
  lessOrEqual,
  lessThan,
  type MatchingOptions,
  modulo,
  multiply,
  negative,
  notEqual,
  or,
  power,
  subtract,
  unless,
} from "./promql/operators.ts";
export { printPromql, printPromqlLine } from "./promql/print.ts";
export { quotePromql } from "./promql/quote.ts";
export { secondsOf } from "./promql/range.ts";
export { ago, bucketsOf, countOf, type Matchers, over, rawPromql, select, sumOf } from "./promql/select.ts";
export type { VariableSyntax } from "./promql/variables.ts";
export { type SpanMetricProfile, spanMetricBuckets, spanMetrics } from "./span-metrics/profile.ts";
export { bucketBelow, type ServedSpans, servedSpanKind, servedSpans } from "./span-metrics/served-spans.ts";
