import type { SlothIndicator } from "../../sloth/prometheus-service-level.ts";
import type { Report } from "../report.ts";
import { badShareOf } from "./v1alpha.ts";
import { overWindow, shortened } from "./windowed-query.ts";

/** A metric of OpenSLO v1. */
export interface OpenSloMetricSource {
  readonly metricSource: { readonly type?: string; readonly spec: Readonly<Record<string, unknown>> };
}

/** An indicator of OpenSLO v1, and where it stands. */
export interface OpenSloIndicator {
  readonly thresholdMetric?: OpenSloMetricSource;
  readonly ratioMetric?: {
    readonly counter: boolean;
    readonly good?: OpenSloMetricSource;
    readonly bad?: OpenSloMetricSource;
    readonly total?: OpenSloMetricSource;
    readonly rawType?: "success" | "failure";
    readonly raw?: OpenSloMetricSource;
  };
  /** Path of the indicator in its document. */
  readonly at: string;
}

/** What an objective says of how events, or slices of time, are judged. */
export interface OpenSloJudgement {
  readonly method: "Occurrences" | "Timeslices" | "RatioTimeslices";
  readonly op?: "gt" | "lt" | "gte" | "lte";
  readonly value?: number;
  readonly timeSliceTarget?: number;
  readonly timeSliceWindow?: string;
}

const comparisons = { gt: ">", lt: "<", gte: ">=", lte: "<=" } as const;
const window = "{{.window}}";

/**
 * The share of what is bad over `{{.window}}`: of events, of moments at which a value is wrong, or of slices of time that have too many bad events.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/README.md#slo
 */
export function badRatio(
  { thresholdMetric, ratioMetric, at }: OpenSloIndicator,
  judgement: OpenSloJudgement,
  objective: string,
  report: Report,
): SlothIndicator | undefined {
  if ((thresholdMetric === undefined) === (ratioMetric === undefined)) {
    report.refuse(at, "says not one thing that is measured", "one of ratioMetric and thresholdMetric");
    return undefined;
  }
  if (thresholdMetric !== undefined) {
    const query = queryOf(thresholdMetric, `${at}.thresholdMetric`, report);
    const right = query === undefined ? undefined : rightMoments(query, judgement, objective, report);
    return right === undefined ? undefined : timeShare(right, judgement, objective, report);
  }
  if (ratioMetric === undefined) return undefined;
  const ratio = ratioOf(ratioMetric, `${at}.ratioMetric`, report);
  if (ratio === undefined) return undefined;
  if (judgement.method === "Occurrences") return ratio.overWindow();
  const slice = sliceOf(judgement, objective, report);
  if (slice === undefined) return undefined;
  const good = ratio.goodOver(slice);
  if (judgement.method === "RatioTimeslices") return raw(`1 - avg_over_time((${good})[${window}:${slice}])`);
  const least = sliceTargetOf(judgement, objective, report);
  return least === undefined ? undefined : raw(`1 - avg_over_time((${good} >= bool ${least})[${window}:${slice}])`);
}

function raw(errorRatioQuery: string): SlothIndicator {
  return { raw: { errorRatioQuery } };
}

/** 1 at moments at which the value is right, 0 at others. */
function rightMoments(query: string, { op, value }: OpenSloJudgement, at: string, report: Report): string | undefined {
  if (op === undefined || value === undefined) {
    report.refuse(
      at,
      `has no ${op === undefined ? "op" : "value"}`,
      "op and value: what the metric is compared with",
      "op: lt, value: 0.5",
    );
    return undefined;
  }
  return `(${query}) ${comparisons[op]} bool ${value}`;
}

/** The share of moments, or of slices, that are not right. */
function timeShare(right: string, judgement: OpenSloJudgement, at: string, report: Report): SlothIndicator | undefined {
  if (judgement.method === "Occurrences") return raw(`1 - avg_over_time((${right})[${window}:])`);
  const slice = sliceOf(judgement, at, report);
  if (slice === undefined) return undefined;
  const share = `avg_over_time((${right})[${slice}:])`;
  if (judgement.method === "RatioTimeslices") return raw(`1 - avg_over_time((${share})[${window}:${slice}])`);
  const least = sliceTargetOf(judgement, at, report);
  return least === undefined ? undefined : raw(`1 - avg_over_time((${share} >= bool ${least})[${window}:${slice}])`);
}

function sliceOf({ timeSliceWindow, method }: OpenSloJudgement, at: string, report: Report): string | undefined {
  if (timeSliceWindow === undefined)
    report.refuse(`${at}.timeSliceWindow`, "is missing", `the length of a slice, which ${method} needs`, "1m");
  return timeSliceWindow;
}

function sliceTargetOf({ timeSliceTarget, method }: OpenSloJudgement, at: string, report: Report): number | undefined {
  if (timeSliceTarget === undefined || timeSliceTarget <= 0 || timeSliceTarget > 1) {
    const found = timeSliceTarget === undefined ? "is missing" : `is ${timeSliceTarget}`;
    report.refuse(`${at}.timeSliceTarget`, found, `a share above 0, at most 1, which ${method} needs`, "0.95");
    return undefined;
  }
  return timeSliceTarget;
}

interface Ratio {
  /** The share of bad events over the window of a rule. */
  overWindow(): SlothIndicator;
  /** The share of good events over a slice of time. */
  goodOver(slice: string): string;
}

type RatioMetric = NonNullable<OpenSloIndicator["ratioMetric"]>;

function ratioOf(
  { counter, good, bad, total, raw: share, rawType }: RatioMetric,
  at: string,
  report: Report,
): Ratio | undefined {
  const windowed = (metric: OpenSloMetricSource, field: string): string | undefined => {
    const query = queryOf(metric, `${at}.${field}`, report);
    return query === undefined ? undefined : overWindow(query, counter, `${at}.${field}`, report);
  };
  const over = (query: string, slice: string): string => shortened(query, slice);
  if (share !== undefined && total === undefined && good === undefined && bad === undefined) {
    const query = windowed(share, "raw");
    if (rawType === undefined) report.refuse(`${at}.rawType`, "is missing", "success or failure", "failure");
    if (query === undefined || rawType === undefined) return undefined;
    return {
      overWindow: () => raw(rawType === "failure" ? query : `1 - (${query})`),
      goodOver: (slice) => (rawType === "success" ? `(${over(query, slice)})` : `(1 - (${over(query, slice)}))`),
    };
  }
  const part = good ?? bad;
  if (share !== undefined || total === undefined || part === undefined || (good !== undefined && bad !== undefined)) {
    report.refuse(at, "is not one ratio", "total with one of good and bad, or raw with rawType");
    return undefined;
  }
  const partQuery = windowed(part, good === undefined ? "bad" : "good");
  const totalQuery = windowed(total, "total");
  if (partQuery === undefined || totalQuery === undefined) return undefined;
  return {
    overWindow: () =>
      good === undefined ? { events: { errorQuery: partQuery, totalQuery } } : raw(badShareOf(partQuery, totalQuery)),
    goodOver: (slice) => {
      const ratio = `(${over(partQuery, slice)}) / (${over(totalQuery, slice)})`;
      return good === undefined ? `(1 - ${ratio})` : `(${ratio})`;
    },
  };
}

/** The PromQL of a metric. */
function queryOf({ metricSource }: OpenSloMetricSource, at: string, report: Report): string | undefined {
  const { type = "Prometheus", spec } = metricSource;
  if (!/^(prometheus|promql)$/i.test(type)) {
    report.refuse(
      `${at}.metricSource.type`,
      `is ${JSON.stringify(type)}`,
      "a metric that Prometheus has",
      "Prometheus",
    );
    return undefined;
  }
  const query = spec["query"];
  if (typeof query !== "string" || query.trim() === "") {
    report.refuse(
      `${at}.metricSource.spec.query`,
      query === undefined ? "is missing" : "is no PromQL",
      "PromQL",
      "sum(rate(requests_total[{{.window}}]))",
    );
    return undefined;
  }
  return query;
}
