import { isRecord, type Resource } from "@plinth/core";
import { type CollectorConfig, isCollectorConfig } from "../configuration/collector-config.ts";

/**
 * The configuration of a rendered OpenTelemetryCollector, or `undefined` for any other object: what `otelcol validate` is asked about.
 *
 * @example
 * import { plan } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const { files } = plan(examplePlatform(), otelComponents);
 * const configs = files.map(({ resource }) => (resource === undefined ? undefined : collectorConfigOf(resource)));
 */
export function collectorConfigOf(resource: Resource): CollectorConfig | undefined {
  if (resource.kind !== "OpenTelemetryCollector" || !resource.apiVersion.startsWith("opentelemetry.io/"))
    return undefined;
  const { spec } = resource;
  return isRecord(spec) && isCollectorConfig(spec["config"]) ? spec["config"] : undefined;
}
