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

/** Which spans of a service a row is about. */
export interface SpanSelection {
  readonly matchers: SpanMatchers;
  /** The variable that narrows them by `span_name`. */
  readonly variable: LabelVariable;
}

/** The labels that the SLOs and alerts of the same service select by, too. */
interface SpanMatchers {
  readonly deployment_environment_name: string;
  readonly service_name: string;
  readonly span_kind: Matcher;
}

const { statuses } = spanMetrics;

/** Spans of these kinds of a service in an environment, and a variable by which the reader narrows them. */
export function spanSelection(
  { environment, service }: ServiceView,
  kind: Matcher,
  title: string,
  description: string,
): SpanSelection {
  const matchers: SpanMatchers = {
    deployment_environment_name: environment.name,
    service_name: service.name,
    span_kind: kind,
  };
  const selector = printPromqlLine(select(spanMetrics.calls, matchers));
  return { matchers, variable: labelVariable(title, selector, spanMetrics.labels.span, { description }) };
}

function spanMatchers({ matchers, variable }: SpanSelection): SpanMatchers & { readonly span_name: Matcher } {
  return { ...matchers, span_name: matching(`$${variable.name}`) };
}

/** Spans per second. */
export function spanRate(spans: SpanSelection, by: readonly string[] = []): Expression {
  return sum(rate(select(spanMetrics.calls, spanMatchers(spans)), "$__rate_interval"), { by });
}

/** The share of spans that failed, 0 to 1: 0 where none did, nothing where there were none. */
export function spanErrorRatio(spans: SpanSelection, by: readonly string[] = []): Expression {
  const failed = select(spanMetrics.calls, { ...spanMatchers(spans), status_code: statuses.error });
  // Without a single failure there is no series of failures: all spans, times nothing, stand in for it.
  const failures = or(sum(rate(failed, "$__rate_interval"), { by }), multiply(spanRate(spans, by), 0));
  return divide(failures, spanRate(spans, by));
}

/** A quantile (0 to 1) of the spans' duration, in seconds. */
export function spanQuantile(quantile: number, spans: SpanSelection, by: readonly string[] = []): Expression {
  const buckets = select(bucketsOf(spanMetrics.duration), spanMatchers(spans));
  return histogramQuantile(quantile, sum(rate(buckets, "$__rate_interval"), { by: ["le", ...by] }));
}
