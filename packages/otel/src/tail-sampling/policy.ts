import type { OptionValue } from "../configuration/component.ts";
import { millisecondsOf } from "../configuration/duration.ts";
import { percentOf } from "./percentage.ts";

/**
 * One reason to keep a trace, as the collector reads it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export type SamplingPolicy = { readonly name: string; readonly type: string; readonly [option: string]: OptionValue };

/**
 * Keeps each trace with a span whose status is an error.
 *
 * @example
 * keepErrors();
 */
export function keepErrors(): SamplingPolicy {
  return { name: "errors", type: "status_code", status_code: { status_codes: ["ERROR"] } };
}

/**
 * Keeps each trace that took this long or longer, from its earliest start to its latest end.
 *
 * @param duration whole milliseconds or more: `500ms`, `2s`, `1m30s`
 * @throws RangeError when it is no duration
 * @example
 * keepSlowerThan("2s");
 */
export function keepSlowerThan(duration: string): SamplingPolicy {
  // The collector keeps what is longer than the threshold, in whole milliseconds (contrib #49593): exactly 2 s is kept from 1999 ms on.
  return { name: "slow", type: "latency", latency: { threshold_ms: Math.max(millisecondsOf(duration) - 1, 0) } };
}

/**
 * Keeps each trace in which a span, or whoever sent it, has one of the values.
 *
 * @example
 * keepAttribute("app.order.type", ["wholesale"]);
 */
export function keepAttribute(attribute: string, values: readonly string[]): SamplingPolicy {
  return { name: attribute, ...hasAttribute({ attribute, values }) };
}

/**
 * Keeps every trace.
 *
 * @example
 * tailSampling([keepAll()]);
 */
export function keepAll(): SamplingPolicy {
  return { name: "all", type: "always_sample" };
}

export interface ShareOptions {
  /** Only among traces in which a span, or whoever sent it, has one of the values. @default all traces */
  readonly among?: AttributeCondition;
  /** @default "share" */
  readonly name?: string;
}

export interface AttributeCondition {
  readonly attribute: string;
  readonly values: readonly string[];
}

/**
 * Keeps a share of all traces, or of some. Which ones follows from the trace's id alone: every collector decides alike, and of two shares the smaller
 * lies in the larger.
 *
 * @param fraction from 0 to 1
 * @example
 * share(0.1);
 * share(0.2, { name: "critical", among: { attribute: "service.criticality", values: ["critical"] } });
 */
export function share(fraction: number, { among, name = "share" }: ShareOptions = {}): SamplingPolicy {
  const probabilistic = { type: "probabilistic", probabilistic: { sampling_percentage: percentOf(fraction) } };
  if (among === undefined) return { name, ...probabilistic };
  return {
    name,
    type: "and",
    and: {
      and_sub_policy: [
        { name: `${name}-traces`, ...hasAttribute(among) },
        { name: `${name}-share`, ...probabilistic },
      ],
    },
  };
}

function hasAttribute({ attribute, values }: AttributeCondition): {
  type: string;
  string_attribute: { key: string; values: readonly string[] };
} {
  return { type: "string_attribute", string_attribute: { key: attribute, values } };
}

/**
 * Keeps each trace in which a condition in the OpenTelemetry Transformation Language is true for a span: `span.attributes["http.response.status_code"] >= 500`.
 * A text in it is written by `ottlText`.
 *
 * @param name of the policy
 * @param conditions any of which suffices
 * @example
 * keepWhere("large-orders", ['span.attributes["app.order.amount"] > 1000']);
 */
export function keepWhere(name: string, conditions: readonly string[]): SamplingPolicy {
  return { name, type: "ottl_condition", ottl_condition: { error_mode: "ignore", span: conditions } };
}

/**
 * Keeps traces as long as there are not too many spans: a bound on what is paid for, beside policies that keep what matters.
 *
 * @param spansPerSecond of one collector; above 0
 * @example
 * tailSampling([keepErrors(), keepAtMost(500)]);
 */
export function keepAtMost(spansPerSecond: number): SamplingPolicy {
  return { name: "at-most", type: "rate_limiting", rate_limiting: { spans_per_second: spansPerSecond } };
}

/**
 * Drops each trace in which a span, or whoever sent it, has one of the values, whatever other policies say: health checks, synthetic load.
 *
 * @example
 * tailSampling([dropAttribute("url.path", ["/healthz"]), keepErrors(), share(0.1)]);
 */
export function dropAttribute(attribute: string, values: readonly string[]): SamplingPolicy {
  return {
    name: `without-${attribute}`,
    type: "drop",
    drop: { drop_sub_policy: [{ name: `${attribute}-values`, ...hasAttribute({ attribute, values }) }] },
  };
}
