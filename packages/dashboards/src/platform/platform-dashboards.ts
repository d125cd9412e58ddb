import { GrafanaFolder } from "@kubernetes-models/grafana-operator/grafana.integreatly.org/v1beta1/GrafanaFolder";
import {
  buildResource,
  type Component,
  componentsWithRole,
  type Environment,
  once,
  type Platform,
  type Resource,
} from "@plinth/core";
import { platformDashboardUid } from "@plinth/metrics";
import { dashboardJson } from "../grafana/dashboard-json.ts";
import { provenDashboardResource } from "../grafana-operator/dashboard-resource.ts";
import { forGrafana } from "../grafana-operator/grafana-instance.ts";
import type { Dashboard } from "../model/dashboard.ts";
import type { AlertPanel } from "./alert-panel.ts";
import { type PromisePanel, platformDashboard } from "./platform-dashboard.ts";
import type { Topic } from "./topic.ts";
import { platformTopics } from "./topics/all-topics.ts";

/** What the dashboards of the platform show beside what they know themselves. */
export interface PlatformDashboardsOptions {
  /** The alerts of an environment. Those that environments share are to be the same objects: their panels are made once. */
  readonly alerts: (platform: Platform, environment: Environment) => readonly AlertPanel[];
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
  alerts: readonly AlertPanel[],
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
        platformFolder(namespace),
        ...used.flatMap(
          ({ topic, alerts: own, promises: promised }) => topicResource(platform, topic, ...promised, ...own) ?? [],
        ),
      ];
    },
  };
}

interface UsedTopic {
  readonly topic: Topic;
  readonly alerts: readonly AlertPanel[];
  readonly promises: readonly PromisePanel[];
}

function usedTopics(alerts: readonly AlertPanel[], promises: readonly PromisePanel[]): readonly UsedTopic[] {
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

/** Where dashboards lie, all in one namespace: a folder is found in no other. */
function dashboardNamespace(platform: Platform): string | undefined {
  const [scraper] = componentsWithRole(platform, "metrics-scraper");
  const [server = scraper] = componentsWithRole(platform, "dashboard-server");
  return scraper === undefined ? undefined : server?.namespace;
}

/** Environments in which a topic is the same share its dashboard, which is made once. */
const topicResource = once(
  (platform: Platform, topic: Topic, ...parts: readonly (PromisePanel | AlertPanel)[]): Resource | undefined => {
    const namespace = dashboardNamespace(platform);
    if (namespace === undefined) return undefined;
    const dashboard = platformDashboard(
      platform,
      topic,
      parts.flatMap((part) => ("alert" in part ? [part] : [])),
      parts.flatMap((part) => ("alert" in part ? [] : [part])),
    );
    return provenDashboardResource(dashboard, dashboardJson(dashboard), {
      name: platformDashboardUid(topic.name),
      namespace,
      folder: folderName,
    });
  },
);

const folderName = "platform";

function platformFolder(namespace: string): Resource {
  return buildResource(GrafanaFolder, {
    metadata: { name: folderName, namespace },
    spec: { ...forGrafana, title: "Platform", uid: folderName },
  });
}
