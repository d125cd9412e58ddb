import { type Environment, type Platform, servicesIn, tiers } from "@plinth/core";
import type { Processor } from "../configuration/component.ts";
import type { Signal } from "../configuration/signal.ts";
import { resource } from "../processors/resource.ts";
import { ottlText, transform } from "../processors/transform.ts";

/** How much depends on the service that data comes from: critical, high, medium or low. */
export const criticalityAttribute = "service.criticality";

/**
 * What the model knows of the place: attributes of all data of an environment, whatever its sender says.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/deployment-environment/
 */
export function environmentAttributes({ name, cluster }: Environment): Processor<Signal> {
  return resource({
    upsert: {
      "deployment.environment.name": name,
      "k8s.cluster.name": cluster.name,
      "cloud.region": cluster.region,
      "cloud.account.id": cluster.account,
    },
  });
}

/**
 * What the model knows of the service: `service.criticality`, its tier. Data of a service that the model does not know stays as it came.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
 */
export function serviceCriticality(platform: Platform, environment: Environment): Processor<Signal> {
  const services = servicesIn(platform, environment);
  const statements = tiers.flatMap((tier) => {
    const names = services.filter((service) => service.tier === tier).map(({ name }) => ottlText(name));
    return names.length === 0
      ? []
      : [
          `set(resource.attributes[${ottlText(criticalityAttribute)}], ${ottlText(tier)}) where ContainsValue([${names.join(", ")}], resource.attributes["service.name"])`,
        ];
  });
  return transform({ name: "criticality", traces: statements, metrics: statements, logs: statements });
}
