import { type Environment, once, type Platform, promisesOf, type Service, type ServicePromise } from "@plinth/core";
import { dashboardUrl, linkedPanels, runbookUrl, serviceDashboardUid } from "@plinth/metrics";
import { requestPlace } from "../indicators/requests.ts";
import { type ObjectiveOwner, objectiveOf } from "./objective-of.ts";
import type { ServiceLevelObjective } from "./service-level-objective.ts";
import { sloDetailUrl } from "./slo-detail-url.ts";

/**
 * The objectives that a service's promises mean in an environment, with alerts for those that ask for them. None for a promise that nothing counts.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const checkout = serviceNamed(platform, "checkout");
 * objectivesOf(platform, environmentNamed(platform, "production"), checkout).map(({ name }) => name); // ["availability", "latency"]
 */
export function objectivesOf(
  platform: Platform,
  environment: Environment,
  service: Service,
): readonly ServiceLevelObjective[] {
  return promisedObjectives(platform, environment, service).flatMap(({ objective }) => objective ?? []);
}

/** A promise and what it means, if anything counts it. */
export interface PromisedObjective {
  readonly promise: ServicePromise;
  readonly objective: ServiceLevelObjective | undefined;
}

/** Each promise of a service with what it means in an environment: made once, for rules, pages and checks. */
export const promisedObjectives: (
  platform: Platform,
  environment: Environment,
  service: Service,
) => readonly PromisedObjective[] = once((platform: Platform, environment: Environment, service: Service) => {
  const owner: ObjectiveOwner = {
    place: requestPlace(platform, environment, service),
    team: service.team,
    tier: service.tier,
    runbook: (alert) => runbookUrl(platform, alert),
    dashboard: dashboardUrl(platform, serviceDashboardUid(service.name), { panel: linkedPanels.burnRate }),
    detail: (slo) => sloDetailUrl(platform, { environment: environment.name, service: service.name, slo }),
  };
  return promisesOf(service).map((promise) => ({ promise, objective: objectiveOf(promise, owner) }));
});
