import { type Component, type Environment, once, type Platform, type Resource } from "@plinth/core";
import { platformDashboardUid } from "@plinth/metrics";
import { platformDashboardFolder } from "../folders/dashboard-folder.ts";
import { dashboardNamespace } from "../folders/dashboard-namespace.ts";
import { platformFolderPermissions } from "../folders/folder-permissions.ts";
import { folderResources } from "../folders/folder-resource.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { deliveredDashboard } from "../outputs/delivered-dashboard.ts";
import { type AnyAlertPanel, type PromisePanel, platformDashboard } from "./platform-dashboard.ts";
import type { Topic } from "./topic.ts";
import { platformTopics } from "./topics/all-topics.ts";

/** What the dashboards of the platform show beside what they know themselves. */
export interface PlatformDashboardsOptions {
  /** The alerts of an environment. Those that environments share are to be the same objects: their panels are made once. */
  readonly alerts: (platform: Platform, environment: Environment) => readonly AnyAlertPanel[];
  /** What the platform promises about itself there. @default nothing */
  readonly promises?: (platform: Platform, environment: Environment) => readonly PromisePanel[];
}

/**
 * The dashboards of the platform in an environment: one for each topic that an alert is about, or a promise.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * platformDashboardsOf(platform, [], [{ topic: "dns", subject: "dns" }]).map(({ uid }) => uid); // ["platform-dns"]
 */
export function platformDashboardsOf(
  platform: Platform,
  alerts: readonly AnyAlertPanel[],
  promises: readonly PromisePanel[] = [],
): readonly Dashboard[] {
  return usedTopics(alerts, promises).map(({ topic, alerts: own, promises: promised }) =>
    platformDashboard(platform, topic, own, promised),
  );
}

/**
 * The component that renders the dashboards of the platform beside its Grafana, or beside its Prometheus where Grafana is elsewhere; none for a platform
 * without a Prometheus, which nobody could ask.
 *
 * @example
 * const component = platformDashboards({ alerts: () => [] });
 */
export function platformDashboards({ alerts, promises = () => [] }: PlatformDashboardsOptions): Component {
  return {
    name: "platform-dashboards",
    layer: "foundation",
    perEnvironment: (platform, environment) => {
      const used = usedTopics(alerts(platform, environment), promises(platform, environment));
      const namespace = dashboardNamespace(platform);
      if (namespace === undefined || used.length === 0) return [];
      return [
        ...folderResources(platform, platformDashboardFolder, namespace, platformFolderPermissions),
        ...used.flatMap(
          ({ topic, alerts: own, promises: promised }) => topicResource(platform, topic, ...promised, ...own) ?? [],
        ),
      ];
    },
  };
}

interface UsedTopic {
  readonly topic: Topic;
  readonly alerts: readonly AnyAlertPanel[];
  readonly promises: readonly PromisePanel[];
}

function usedTopics(alerts: readonly AnyAlertPanel[], promises: readonly PromisePanel[]): readonly UsedTopic[] {
  const alertsByTopic = Map.groupBy(alerts, ({ topic }) => topic);
  const promisesByTopic = Map.groupBy(promises, ({ topic }) => topic);
  return platformTopics.flatMap((topic) => {
    const used = {
      topic,
      alerts: alertsByTopic.get(topic.name) ?? [],
      promises: promisesByTopic.get(topic.name) ?? [],
    };
    return used.alerts.length + used.promises.length === 0 ? [] : [used];
  });
}

/** Environments in which a topic is the same share its dashboard, which is made once. */
const topicResource = once(
  (platform: Platform, topic: Topic, ...parts: readonly (PromisePanel | AnyAlertPanel)[]): Resource | undefined => {
    const namespace = dashboardNamespace(platform);
    if (namespace === undefined) return undefined;
    const dashboard = platformDashboard(
      platform,
      topic,
      parts.flatMap((part) => ("alert" in part ? [part] : [])),
      parts.flatMap((part) => ("alert" in part ? [] : [part])),
    );
    return deliveredDashboard(platform.dashboards.delivery, dashboard, {
      name: platformDashboardUid(topic.name),
      namespace,
      folder: platformDashboardFolder,
    });
  },
);
