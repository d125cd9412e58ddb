import { type Environment, type Platform, servicesIn, tiers } from "@plinth/core";
import type { Processor } from "../configuration/component.ts";
import type { Signal } from "../configuration/signal.ts";
import { resource } from "../processors/resource.ts";
import { ottlText, transform } from "../processors/transform.ts";
import { criticalityAttribute, teamAttribute } from "./platform-attributes.ts";

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
 * What the model knows of the service: `service.criticality`, its tier, and `plinth.dev/team`, its owner. Data of other pods in a team's namespace is the team's,
 * too; data of a service that the model does not know stays as it came.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
 */
export function serviceAttributes(platform: Platform, environment: Environment): Processor<Signal> {
  const services = servicesIn(platform, environment);
  const isOneOf = (names: readonly string[]): string =>
    `ContainsValue([${names.map(ottlText).join(", ")}], resource.attributes["service.name"])`;
  const set = (attribute: string, value: string, condition: string): string =>
    `set(resource.attributes[${ottlText(attribute)}], ${ottlText(value)}) where ${condition}`;
  const statements = [
    ...tiers.flatMap((tier) => {
      const names = services.filter((service) => service.tier === tier).map(({ name }) => name);
      return names.length === 0 ? [] : [set(criticalityAttribute, tier, isOneOf(names))];
    }),
    ...platform.teams.map(({ name, namespace }) => {
      const names = services.filter(({ team }) => team === name).map((service) => service.name);
      const inNamespace = `resource.attributes["k8s.namespace.name"] == ${ottlText(namespace)}`;
      return set(teamAttribute, name, names.length === 0 ? inNamespace : `${inNamespace} or ${isOneOf(names)}`);
    }),
  ];
  return transform({ name: "services", traces: statements, metrics: statements, logs: statements });
}
