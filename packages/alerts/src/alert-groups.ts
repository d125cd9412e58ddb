import { type Environment, type Platform, type Service, servicesIn } from "@plinth/core";
import type { Alert } from "./alert/alert.ts";
import { platformAlerts, serviceAlerts } from "./catalogue.ts";
import type { ServiceAlert } from "./services/service-alert.ts";

/** What to alert on. */
export interface AlertSelection {
  /** Alerts that the platform has once. @default `platformAlerts` */
  readonly alerts?: readonly Alert[];
  /** Alerts that each service has. @default `serviceAlerts` */
  readonly serviceAlerts?: readonly ServiceAlert[];
}

/** A group of alerts that becomes one PrometheusRule. */
export interface AlertGroup {
  /** Name of the PrometheusRule. */
  readonly name: string;
  /** Name of the rule group. */
  readonly group: string;
  readonly alerts: readonly Alert[];
}

/**
 * The alerts of an environment in the groups in which they are rendered: one for each category, and one for each service that runs there.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * alertGroups(platform, environmentNamed(platform, "production")).map(({ name }) => name);
 */
export function alertGroups(
  platform: Platform,
  environment: Environment,
  selection: AlertSelection = {},
): readonly AlertGroup[] {
  return [
    ...platformGroups(selection),
    ...servicesIn(platform, environment).flatMap((service) => serviceGroups(service, environment, selection)),
  ];
}

/** The alerts that the platform has once, by category. */
export function platformGroups({ alerts = platformAlerts }: AlertSelection): readonly AlertGroup[] {
  return [...Map.groupBy(alerts, ({ category }) => category)].map(([category, list]) => ({
    name: `platform-alerts-${category}`,
    group: category,
    alerts: list,
  }));
}

/** The alerts of a service, if it has any. */
export function serviceGroups(
  service: Service,
  environment: Environment,
  selection: AlertSelection,
): readonly AlertGroup[] {
  const alerts = (selection.serviceAlerts ?? serviceAlerts).flatMap((each) => each.alertOf(service, environment) ?? []);
  return alerts.length === 0
    ? []
    : [{ name: `service-alerts-${service.name}`, group: `service-${service.name}`, alerts }];
}
