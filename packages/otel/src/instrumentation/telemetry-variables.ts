import { type Environment, type Language, namespaceOf, type Platform, type Service } from "@plinth/core";
import { criticalityAttribute } from "../topology/platform-attributes.ts";
import type { InstrumentationOptions } from "./instrumentation-resource.ts";
import { propagatorsIn } from "./propagators.ts";
import { environmentResource, exporterEndpoint, exporterVariables, sampler } from "./sdk-settings.ts";

/** Variables that the SDK of a language needs beside those that all read. */
const ofLanguage: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>> = {
  // Without it the packages that Composer installed do nothing: https://opentelemetry.io/docs/languages/php/sdk/#autoloading
  php: { OTEL_PHP_AUTOLOAD_ENABLED: "true" },
};

/**
 * The environment variables of a service whose program brings its own SDK: what the specification names, which SDKs of all languages read, and servers
 * whose configuration is a template.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * telemetryVariables(platform, serviceNamed(platform, "checkout"), environmentNamed(platform, "production")).OTEL_TRACES_SAMPLER; // "parentbased_always_on"
 */
export function telemetryVariables(
  platform: Platform,
  service: Service,
  environment: Environment,
  { propagators = [] }: Pick<InstrumentationOptions, "propagators"> = {},
): Readonly<Record<string, string>> {
  const { protocol } = service.instrumentation;
  const attributes = {
    ...environmentResource(environment),
    [criticalityAttribute]: service.tier,
    "service.namespace": namespaceOf(platform, service),
  };
  return {
    OTEL_SERVICE_NAME: service.name,
    OTEL_EXPORTER_OTLP_ENDPOINT: exporterEndpoint(platform, protocol),
    ...exporterVariables(protocol),
    OTEL_PROPAGATORS: propagatorsIn(environment, propagators).join(","),
    OTEL_TRACES_SAMPLER: sampler,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(attributes)
      .map(([key, value]) => `${key}=${value}`)
      .join(","),
    ...ofLanguage[service.language],
  };
}
