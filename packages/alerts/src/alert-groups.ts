import { type Environment, once, type Platform, runsSoftware, type Service, servicesIn } from "@plinth/core";
import type { Alert } from "./alert/alert.ts";
import { platformAlerts, serviceAlerts } from "./catalogue.ts";
import { effectiveAlerts } from "./overrides/effective-alerts.ts";
import { platformOwner } from "./routing/owner.ts";
import type { Recording } from "./rules/recording.ts";
import { serviceRecordings } from "./rules/service-recordings.ts";
import type { ServiceAlert } from "./services/service-alert.ts";

/** What to alert on. */
export interface AlertSelection {
  /** Alerts that the platform has once. @default `platformAlerts` */
  readonly alerts?: readonly Alert[];
  /** Alerts that each service has. @default `serviceAlerts` */
  readonly serviceAlerts?: readonly ServiceAlert[];
  /** The team that runs the platform. @default see `platformOwner` */
  readonly platformTeam?: string;
}

/** A group of alerts that becomes one PrometheusRule. */
export interface AlertGroup {
  /** Name of the PrometheusRule. */
  readonly name: string;
  /** Name of the rule group. */
  readonly group: string;
  readonly alerts: readonly Alert[];
  /** Expressions that several of the alerts may ask for. */
  readonly recordings: readonly Recording[];
}

const everything: AlertSelection = {};

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
  selection: AlertSelection = everything,
): readonly AlertGroup[] {
  return [
    ...platformGroups(platform, environment, selection),
    ...servicesIn(platform, environment).flatMap((service) => serviceGroups(platform, service, environment, selection)),
  ];
}

/** The alerts of a platform whose software it runs, by category. */
const usualGroups = once((platform: Platform, { alerts = platformAlerts }: AlertSelection): readonly AlertGroup[] =>
  [
    ...Map.groupBy(
      // Only what the platform runs is watched.
      alerts.filter(({ software }) => software === undefined || runsSoftware(platform, software)),
      ({ category }) => category,
    ),
  ].map(([category, list]) => ({
    name: `platform-alerts-${category}`,
    group: category,
    alerts: list,
    recordings: [],
  })),
);

/**
 * The alerts that the platform has once, as an environment has them. A group in which nothing is otherwise is the same object in every environment.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * platformGroups(platform, environmentNamed(platform, "production")).map(({ group }) => group);
 */
export function platformGroups(
  platform: Platform,
  environment: Environment,
  selection: AlertSelection = everything,
): readonly AlertGroup[] {
  const team = platformOwner(platform, selection.platformTeam).name;
  return usualGroups(platform, selection).flatMap((group): readonly AlertGroup[] => {
    const alerts = group.alerts.flatMap((alert) => effectiveAlerts(platform, environment, alert, team));
    if (alerts.length === 0) return [];
    return alerts.length === group.alerts.length && alerts.every((alert, index) => alert === group.alerts[index])
      ? [group]
      : [{ ...group, alerts }];
  });
}

/** The alerts of a service, if it has any. Made once: rules, runbooks and checks ask for the same. */
export const serviceGroups: (
  platform: Platform,
  service: Service,
  environment: Environment,
  selection: AlertSelection,
) => readonly AlertGroup[] = once(
  (
    platform: Platform,
    service: Service,
    environment: Environment,
    selection: AlertSelection,
  ): readonly AlertGroup[] => {
    const team = platformOwner(platform, selection.platformTeam).name;
    const alerts = (selection.serviceAlerts ?? serviceAlerts)
      .flatMap((each) => each.alertOf(service, environment) ?? [])
      .flatMap((alert) => effectiveAlerts(platform, environment, alert, team));
    return alerts.length === 0
      ? []
      : [
          {
            name: `service-alerts-${service.name}`,
            group: `service-${service.name}`,
            alerts,
            recordings: serviceRecordings(service, environment),
          },
        ];
  },
);
