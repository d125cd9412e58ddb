import { type Environment, type Platform, podAnnotationsOf, type Service } from "@plinth/core";
import { telemetryVariables } from "./telemetry-variables.ts";

/** What the pods of a service say so that its telemetry arrives. */
export interface PodTelemetry {
  /** Annotations of the pod's template: what the OpenTelemetry operator puts into the pod, and whose it is. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Name of the ConfigMap that the container takes its variables from by `envFrom`; none where an agent brings them. */
  readonly configMap?: string;
  /** What is in the ConfigMap. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The ConfigMap with the variables of a service. */
export function telemetryConfigMap({ name }: Service): string {
  return `${name}-telemetry`;
}

/**
 * What a team writes into the pods of a service so that its telemetry arrives. A service with an agent needs the annotations. One with its own SDK needs
 * the ConfigMap or the annotations: with these, the operator writes the same variables, and the pod's name beside them.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * podTelemetry(platform, serviceNamed(platform, "checkout"), environmentNamed(platform, "production")).configMap; // "checkout-telemetry"
 */
export function podTelemetry(platform: Platform, service: Service, environment: Environment): PodTelemetry {
  const annotations = podAnnotationsOf(platform, service);
  return service.instrumentation.mode === "manual"
    ? {
        annotations,
        configMap: telemetryConfigMap(service),
        variables: telemetryVariables(platform, service, environment),
      }
    : { annotations, variables: {} };
}
