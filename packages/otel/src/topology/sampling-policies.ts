import { type Telemetry, tiers } from "@plinth/core";
import { type Duration, durationOf, millisecondsOf } from "../configuration/duration.ts";
import { keepErrors, keepSlowerThan, type SamplingPolicy, share } from "../tail-sampling/policy.ts";
import { criticalityAttribute } from "./enrichment.ts";

/**
 * What an environment keeps: every error, every slow trace, and of the others a share by tier. A trace through services of several tiers is kept by the
 * largest share among them; one without a tier by the smallest of all.
 *
 * Shares are decided by the trace's id alone, so the smaller lies in the larger: the smallest is given to all traces, and only larger ones name a tier.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * samplingPolicies(environmentNamed(examplePlatform(), "production").telemetry).map(({ name }) => name); // ["errors", "slow", "tier-critical", "tier-high", "all-tiers"]
 */
export function samplingPolicies({ sampling, slowerThan }: Telemetry): readonly SamplingPolicy[] {
  const smallest = Math.min(...tiers.map((tier) => sampling[tier]));
  const larger = tiers.filter((tier) => sampling[tier] > smallest);
  return [
    keepErrors(),
    keepSlowerThan(slowerThan),
    ...larger.map((tier) =>
      share(sampling[tier] / 100, { name: `tier-${tier}`, among: { attribute: criticalityAttribute, values: [tier] } }),
    ),
    ...(smallest === 0 ? [] : [share(smallest / 100, { name: "all-tiers" })]),
  ];
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
