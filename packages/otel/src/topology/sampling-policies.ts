import {
  type Environment,
  type Platform,
  promisesOf,
  type Service,
  servicesIn,
  type Telemetry,
  tiers,
} from "@plinth/core";
import { servedSpanKind } from "@plinth/metrics";
import { type Duration, durationOf, millisecondsOf } from "../configuration/duration.ts";
import { ottlText } from "../processors/transform.ts";
import { keepAttribute, keepErrors, keepSlowerThan, type SamplingPolicy, share } from "../tail-sampling/policy.ts";
import { criticalityAttribute } from "./platform-attributes.ts";

/**
 * What an environment keeps: every error, every slow trace, what has chosen attributes, and of the others a share by tier. A trace through services of several
 * tiers is kept by the largest share among them; one without a tier by the smallest of all.
 *
 * Slow is a trace that takes `slowerThan`, and one in which a service takes longer than it promises. Shares are decided by the trace's id alone, so the smaller
 * lies in the larger: the smallest is given to all traces, and only larger ones name a tier.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * samplingPolicies(platform, environmentNamed(platform, "production")).map(({ name }) => name);
 */
export function samplingPolicies(platform: Platform, environment: Environment): readonly SamplingPolicy[] {
  const { sampling, slowerThan, keep } = environment.telemetry;
  const smallest = Math.min(...tiers.map((tier) => sampling[tier]));
  const larger = tiers.filter((tier) => sampling[tier] > smallest);
  return [
    keepErrors(),
    keepSlowerThan(slowerThan),
    ...[...slowServices(platform, environment)].map(([threshold, services]) => keepBrokenPromise(threshold, services)),
    ...keep.map(({ attribute, values }) => keepAttribute(attribute, values)),
    ...larger.map((tier) =>
      share(sampling[tier] / 100, { name: `tier-${tier}`, among: { attribute: criticalityAttribute, values: [tier] } }),
    ),
    ...(smallest === 0 ? [] : [share(smallest / 100, { name: "all-tiers" })]),
  ];
}

/**
 * From which duration on a trace through a service is slow: from the least that one of its latency promises says for all of its
 * requests, or from the environment's `slowerThan`.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * slowFrom(serviceNamed(platform, "checkout"), environmentNamed(platform, "production")); // "200ms"
 */
export function slowFrom(service: Service, { telemetry }: Environment): Duration {
  const promised = promisesOf(service).flatMap((promise) =>
    promise.kind === "latency" && promise.route === undefined ? [millisecondsOf(promise.below)] : [],
  );
  const spans = servedSpanKind(service) === undefined ? [] : promised;
  return durationOf(Math.min(millisecondsOf(telemetry.slowerThan), ...spans));
}

/** Services whose promise is shorter than what is slow for all, by what they promise, the shortest first. */
function slowServices(platform: Platform, environment: Environment): ReadonlyMap<Duration, readonly Service[]> {
  const everybody = millisecondsOf(environment.telemetry.slowerThan);
  const earlier = servicesIn(platform, environment)
    .map((service) => ({ service, threshold: slowFrom(service, environment) }))
    .filter(({ threshold }) => millisecondsOf(threshold) < everybody)
    .sort((a, b) => millisecondsOf(a.threshold) - millisecondsOf(b.threshold));
  return new Map(
    [...Map.groupBy(earlier, ({ threshold }) => threshold)].map(([threshold, members]) => [
      threshold,
      members.map(({ service }) => service),
    ]),
  );
}

/**
 * Keeps each trace in which the work of one of these services took this long or longer. What they do for others is measured, as the promise says: spans of
 * a server or a consumer, whatever the rest of the trace did.
 */
function keepBrokenPromise(threshold: Duration, services: readonly Service[]): SamplingPolicy {
  const byKind = Map.groupBy(services, (service) => servedSpanKind(service));
  const conditions = [...byKind].flatMap(([kind, members]) =>
    kind === undefined
      ? []
      : [
          [
            `span.kind == ${kind}`,
            `span.end_time_unix_nano - span.start_time_unix_nano >= ${millisecondsOf(threshold)}000000`,
            `ContainsValue([${members.map(({ name }) => ottlText(name)).join(", ")}], resource.attributes["service.name"])`,
          ].join(" and "),
        ],
  );
  return {
    name: `slow-${threshold}`,
    type: "ottl_condition",
    ottl_condition: { error_mode: "ignore", span: conditions },
  };
}

const usualWait = 30_000;

/**
 * How long a trace is gathered: 30 s, or for environments whose traces are slow only later, twice as long as a slow one takes.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * decisionWait(environmentNamed(examplePlatform(), "production").telemetry); // "30s"
 */
export function decisionWait({ slowerThan }: Telemetry): Duration {
  return durationOf(Math.max(usualWait, 2 * millisecondsOf(slowerThan)));
}
