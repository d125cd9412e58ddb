import {
  type ApplicationComponent,
  buildResource,
  type Component,
  type Environment,
  type FoundationComponent,
  type Injection,
  injectionOf,
  namespaceOf,
  type Platform,
  servicesIn,
} from "@plinth/core";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { instrumentationFindings } from "./instrumentation-findings.ts";
import { type InstrumentationOptions, instrumentationResource } from "./instrumentation-resource.ts";
import { telemetryConfigMap } from "./pod-telemetry.ts";
import { telemetryVariables } from "./telemetry-variables.ts";

/**
 * How services come to their telemetry: an Instrumentation for each agent that a service of the environment needs, and a ConfigMap with the variables of
 * each service whose program brings its own SDK.
 *
 * @example
 * const components = instrumentation({ propagators: ["b3"], images: { java: "registry.example.com/otel/java:2.30.0" } });
 */
export function instrumentation(options: InstrumentationOptions = {}): readonly Component[] {
  const agents: FoundationComponent = {
    name: "instrumentation",
    layer: "foundation",
    perEnvironment: (platform, environment) =>
      injectionsIn(platform, environment).map((injection) =>
        instrumentationResource(platform, environment, injection, options),
      ),
    check: instrumentationFindings,
  };
  const variables: ApplicationComponent = {
    name: "service-telemetry",
    layer: "application",
    perService: (platform, environment, service) =>
      service.instrumentation.mode === "manual"
        ? [
            buildResource(ConfigMap, {
              metadata: { name: telemetryConfigMap(service), namespace: namespaceOf(platform, service) },
              data: { ...telemetryVariables(platform, service, environment, options) },
            }),
          ]
        : [],
  };
  return [agents, variables];
}

/** Instrumentation with its defaults. */
export const instrumentationComponents: readonly Component[] = instrumentation();

/** What is injected anywhere in an environment, each once, by name. */
function injectionsIn(platform: Platform, environment: Environment): readonly Injection[] {
  const injections = servicesIn(platform, environment).flatMap((service) => injectionOf(service) ?? []);
  return [...new Map(injections.map((injection) => [injection.name, injection])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}
