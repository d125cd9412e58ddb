import { type Environment, parseDuration, type Service } from "@plinth/core";
import { type Matcher, matching } from "../promql/matcher.ts";
import { formatDecimal } from "../promql/number.ts";
import { spanMetrics } from "./profile.ts";

/** Matchers of the span metrics for the work that a service does for others in an environment. */
export interface ServedSpans {
  readonly deployment_environment_name: string;
  readonly service_name: string;
  readonly span_kind: "SPAN_KIND_SERVER" | "SPAN_KIND_CONSUMER";
}

/**
 * Which spans are the work that a service does for others: those of a server where it offers an HTTP or gRPC port, those of a consumer where
 * it only reads from topics. `undefined` for a service that does neither: nobody waits for it.
 *
 * @example
 * import { serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * servedSpanKind(serviceNamed(platform, "checkout")); // "SPAN_KIND_SERVER"
 */
export function servedSpanKind({ ports, consumes }: Service): ServedSpans["span_kind"] | undefined {
  const serves = Object.values(ports).some(({ protocol }) => protocol === "http" || protocol === "grpc");
  return serves ? spanMetrics.kinds.server : consumes.length > 0 ? spanMetrics.kinds.consumer : undefined;
}

/**
 * Matchers of the span metrics for the work that a service does for others in an environment; `undefined` where there is none.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const spans = servedSpans(serviceNamed(platform, "checkout"), environmentNamed(platform, "production"));
 * const requests = spans && sum(rate(select(spanMetrics.calls, spans), "5m"));
 */
export function servedSpans(service: Service, environment: Environment): ServedSpans | undefined {
  const kind = servedSpanKind(service);
  return kind === undefined
    ? undefined
    : { deployment_environment_name: environment.name, service_name: service.name, span_kind: kind };
}

/**
 * Matcher for the bucket of the span metrics' histogram that ends at a duration, which must be one of `spanMetricBuckets`. A whole number of
 * seconds is written `1` by the collector's remote write and `1.0` by Prometheus 3 when it scrapes: both match.
 *
 * @throws TypeError when the text is not a Prometheus duration.
 * @see https://prometheus.io/docs/prometheus/latest/migration/#le-and-quantile-label-values
 * @example
 * select(bucketsOf(spanMetrics.duration), { service_name: "checkout", le: bucketBelow("200ms") });
 */
export function bucketBelow(duration: string): Matcher {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined)
    throw new TypeError(`${JSON.stringify(duration)} is not a Prometheus duration. Expected for example "200ms".`);
  const bound = formatDecimal(milliseconds / 1000);
  return bound.includes(".") ? bound : matching(`${bound}(\\.0)?`);
}
