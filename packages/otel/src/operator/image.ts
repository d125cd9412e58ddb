import { type CollectorVersion, defaultCollectorVersion } from "../configuration/collector-version.ts";

/**
 * A published distribution of the collector. `k8s` has what an agent needs; remote write to Prometheus is in `contrib` only.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-releases/tree/main/distributions
 */
export type CollectorImage = "k8s" | "contrib";

/** The image of a distribution. */
export function imageOf(distribution: CollectorImage, version: CollectorVersion = defaultCollectorVersion): string {
  return `ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-${distribution}:${version}.0`;
}
