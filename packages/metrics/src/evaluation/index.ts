export {
  type ComputedSample,
  type ComputedSeries,
  type Evaluation,
  evaluateComputed,
} from "./evaluate-computed.ts";
export { type EvaluationOptions, evaluatePromql } from "./evaluate-promql.ts";
export {
  type EvaluatedRules,
  type EvaluatedSample,
  evaluateRules,
  type FiredAlert,
  type RecordedSeries,
  type RuleEvaluationOptions,
} from "./evaluate-rules.ts";
export type { PromtoolSeries } from "./input-series.ts";
export type { SeriesLabels } from "./labels.ts";
export { parseSamples, printSamples, type SeriesSample } from "./notation.ts";
