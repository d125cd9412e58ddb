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
export { allocatedCost, hoursOfMonth } from "./cost/allocated-cost.ts";
export {
  alertPanel,
  alertVariables,
  type DashboardLinkOptions,
  type DashboardVariable,
  dashboardUrl,
  dashboardVariables,
  linkedPanels,
  type PanelPlace,
  type PlatformDashboardTopic,
  panelNumber,
  platformDashboardTopics,
  platformDashboardUid,
  runbookPath,
  runbookUrl,
  serviceDashboardUid,
  sloDashboardUids,
  teamDashboardUid,
} from "./links.ts";
export {
  type AggregationOptions,
  avg,
  bottomk,
  count,
  countValues,
  group,
  limitk,
  limitRatio,
  max,
  min,
  quantile,
  stddev,
  stdvar,
  sum,
  topk,
} from "./promql/aggregate.ts";
export {
  dayOfMonth,
  dayOfWeek,
  hour,
  minute,
  month,
  year,
} from "./promql/calendar-functions.ts";
export { type Comparison, type ComparisonOperator, comparisonOf } from "./promql/comparison.ts";
export type { PromqlContext } from "./promql/context.ts";
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
  Moment,
  Negation,
  NumberLiteral,
  Operand,
  RangeSelector,
  RawPromql,
  Selector,
  TextLiteral,
  VectorMatching,
  Written,
} from "./promql/expression.ts";
export { type PromqlFinding, promqlFindings, promqlSyntaxFindings } from "./promql/findings.ts";
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
export type { ParsedPromql, PromqlProblem } from "./promql/label-reader.ts";
export { labelsOfPromql, type PossibleLabels } from "./promql/labels.ts";
export {
  endingWith,
  type Matcher,
  type MatcherValue,
  matching,
  noneOf,
  notEqualTo,
  notMatching,
  oneOf,
  quoteRegex,
  startingWith,
} from "./promql/matcher.ts";
export { narrowedBy, narrowingLabels, rewriteSelectorsFor } from "./promql/narrowed-by.ts";
export { formatDecimal } from "./promql/number.ts";
export {
  add,
  and,
  atan2,
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
export {
  formatPromql,
  formatPromqlLine,
  parsePromql,
  promql,
  type ReadOptions,
} from "./promql/promql.ts";
export { type PromqlMatcher, type PromqlSelector, promqlSelectors } from "./promql/promql-selectors.ts";
export { quotePromql } from "./promql/quote.ts";
export { secondsOf } from "./promql/range.ts";
export { re2Problem } from "./promql/re2.ts";
export { type RouteMatcherOptions, routeMatcher } from "./promql/route-matcher.ts";
export { type PromqlRule, promqlRules } from "./promql/rules.ts";
export { ago, atTime, bucketsOf, countOf, type Matchers, over, rawPromql, select, sumOf } from "./promql/select.ts";
export type { ValueType } from "./promql/signatures.ts";
export { valueTypeOf } from "./promql/types.ts";
export { type ResultUnit, unitOf } from "./promql/unit.ts";
export {
  ceil,
  clamp,
  deriv,
  exp,
  firstOverTime,
  floor,
  histogramAvg,
  histogramCount,
  histogramFraction,
  histogramStddev,
  histogramSum,
  idelta,
  labelJoin,
  ln,
  log2,
  log10,
  presentOverTime,
  quantileOverTime,
  round,
  sgn,
  sort,
  sqrt,
  stddevOverTime,
  stdvarOverTime,
} from "./promql/value-functions.ts";
export type { VariableSyntax } from "./promql/variables.ts";
export { partsOf, rewritePromql, selectorsOf, visitPromql } from "./promql/visit.ts";
export { type SelectedSeries, type WithMatchersOptions, withMatchers } from "./promql/with-matchers.ts";
export type { AlertingRule, RecordingRule, RuleGroup } from "./rules/rule.ts";
export { type SpanMetricProfile, spanMetricBuckets, spanMetrics } from "./span-metrics/profile.ts";
export { bucketBelow, type ServedSpans, servedSpanKind, servedSpans } from "./span-metrics/served-spans.ts";
export { type ServiceGraphProfile, serviceGraphMetrics } from "./span-metrics/service-graph.ts";
