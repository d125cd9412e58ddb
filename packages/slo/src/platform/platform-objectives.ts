import {
  attachFindings,
  buildPromises,
  type Component,
  componentsWithRole,
  type Environment,
  once,
  type Platform,
} from "@plinth/core";
import { dashboardUrl, linkedPanels, platformDashboardUid, runbookUrl } from "@plinth/metrics";
import { objectiveOf } from "../objectives/objective-of.ts";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { sloDetailUrl } from "../objectives/slo-detail-url.ts";
import { levelResources } from "../resources/level-resources.ts";
import type { ServiceLevelOptions } from "../service-levels.ts";
import { type PlatformSubject, platformPromises } from "./platform-promises.ts";

/** What the platform itself is measured by. */
export interface PlatformLevels {
  readonly subject: PlatformSubject;
  readonly objectives: readonly ServiceLevelObjective[];
}

// Who answers for the platform: a team of this name, or whoever gets the alerts of a team of this name.
const owner = "platform";

/** The platform's own objectives in an environment, by what they are about. */
export const platformLevels: (platform: Platform, environment: Environment) => readonly PlatformLevels[] = once(
  (platform: Platform, environment: Environment) =>
    platformPromises(platform).map(({ subject, dashboard, promises }) => ({
      subject,
      objectives: buildPromises(promises, "critical").promises.flatMap(
        (promise) =>
          objectiveOf(promise, {
            place: { service: subject, environment: environment.name },
            team: owner,
            tier: "critical",
            runbook: (alert) => runbookUrl(platform, alert),
            dashboard: dashboardUrl(platform, platformDashboardUid(dashboard), { panel: linkedPanels.burnRate }),
            detail: (slo) => sloDetailUrl(platform, { environment: environment.name, service: subject, slo }),
          }) ?? [],
      ),
    })),
);

/**
 * The platform's own objectives in an environment: its API server, its ingress, its DNS, its delivery, as far as it has them.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * platformObjectives(platform, environmentNamed(platform, "production")).map(({ service, name }) => `${service} ${name}`);
 */
export function platformObjectives(platform: Platform, environment: Environment): readonly ServiceLevelObjective[] {
  return platformLevels(platform, environment).flatMap(({ objectives }) => objectives);
}

/** The component that renders the platform's own objectives beside the Prometheus that evaluates them. */
export function platformServiceLevels({ ruleLabels = {}, mode = "plinth" }: ServiceLevelOptions): Component {
  return {
    name: "platform-service-level-objectives",
    layer: "foundation",
    perEnvironment: (platform, environment) => {
      const namespace = componentsWithRole(platform, "metrics-scraper")[0]?.namespace;
      if (namespace === undefined) return [];
      return platformLevels(platform, environment).flatMap(({ subject, objectives }) => {
        const place = { name: subject, namespace, ruleLabels, mode };
        const { resources, findings } = levelResources(objectives, place);
        const [first, ...rest] = resources;
        return first === undefined ? [] : [attachFindings(first, findings), ...rest];
      });
    },
  };
}
