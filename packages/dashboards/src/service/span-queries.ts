import {
  bucketsOf,
  divide,
  type Expression,
  histogramQuantile,
  type Matcher,
  matching,
  multiply,
  or,
  printPromqlLine,
  rate,
  select,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { LabelVariable } from "../model/dashboard.ts";
import { labelVariable } from "../model/variable.ts";
import type { ServiceView } from "./service-row.ts";

/** Which spans of a service a panel is about. */
export interface SpanSelection {
  readonly matchers: SpanMatchers;
}

/** Spans that the reader narrows by their names. */
export interface ChosenSpans extends SpanSelection {
  readonly variable: LabelVariable;
}

/** The labels that the SLOs and alerts of the same service select by, too. */
interface SpanMatchers {
  readonly deployment_environment_name: string;
  readonly service_name: Matcher;
  readonly span_kind: Matcher;
  readonly span_name?: Matcher;
}

const { statuses } = spanMetrics;

/** Spans of these kinds of a service in an environment. */
export function spansOfKind({ environment, service }: ServiceView, kind: Matcher): SpanSelection {
  return {
    matchers: { deployment_environment_name: environment.name, service_name: service.name, span_kind: kind },
  };
}

/** The same, and a variable by which the reader narrows them. */
export function spanSelection(view: ServiceView, kind: Matcher, title: string, description: string): ChosenSpans {
  const { matchers } = spansOfKind(view, kind);
  const selector = printPromqlLine(select(spanMetrics.calls, { ...matchers }));
  const variable = labelVariable(title, selector, spanMetrics.labels.span, { description });
  return { matchers: { ...matchers, span_name: matching(`$${variable.name}`) }, variable };
}

/** Those of the spans that have such names. */
export function named({ matchers }: SpanSelection, name: Matcher): SpanSelection {
  return { matchers: { ...matchers, span_name: name } };
}

/** Spans per second. */
export function spanRate({ matchers }: SpanSelection, by: readonly string[] = []): Expression {
  return sum(rate(select(spanMetrics.calls, { ...matchers }), "$__rate_interval"), { by });
}

/** The share of spans that failed, 0 to 1: 0 where none did, nothing where there were none. */
export function spanErrorRatio(spans: SpanSelection, by: readonly string[] = []): Expression {
  const failed = select(spanMetrics.calls, { ...spans.matchers, status_code: statuses.error });
  return shareOf(sum(rate(failed, "$__rate_interval"), { by }), spanRate(spans, by));
}

/** A share, 0 where there is no series of the part: without a single failure there is none of failures, so the whole, times nothing, stands in for it. */
export function shareOf(part: Expression, whole: Expression): Expression {
  return divide(or(part, multiply(whole, 0)), whole);
}

/** How many spans took how long, by the bounds of the histogram. */
export function spanBuckets({ matchers }: SpanSelection, by: readonly string[] = []): Expression {
  return sum(rate(select(bucketsOf(spanMetrics.duration), { ...matchers }), "$__rate_interval"), { by: ["le", ...by] });
}

/** A quantile (0 to 1) of the spans' duration, in seconds. */
export function spanQuantile(quantile: number, spans: SpanSelection, by: readonly string[] = []): Expression {
  return histogramQuantile(quantile, spanBuckets(spans, by));
}
