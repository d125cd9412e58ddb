import type { Platform } from "@plinth/core";
import {
  alertPanel,
  alertVariables,
  type DashboardLinkOptions,
  dashboardUrl,
  type PanelPlace,
  type PlatformDashboardTopic,
  platformDashboardTopics,
  platformDashboardUid,
} from "@plinth/metrics";
import type { Alert } from "./alert.ts";
import { labelReference } from "./template.ts";

/**
 * Where to look first: the panel that draws what the alert measures, with the very object chosen, as far as the alert's labels name it.
 *
 * @param reader Who opens it. A rule's link is filled in by Prometheus for each alert; a page is about all of them.
 */
export function alertDashboardUrl(platform: Platform, alert: Alert, reader: "rule" | "page"): string | undefined {
  const { dashboard } = alert;
  if (dashboard === undefined) return undefined;
  const panel = panelOf(alert);
  const options: DashboardLinkOptions = {
    ...(panel === undefined ? {} : { panel }),
    ...(reader === "page" || alertTopic(alert) === undefined ? {} : { variables: choices(alert) }),
  };
  return dashboardUrl(platform, dashboard, options);
}

const topics: ReadonlyMap<string, PlatformDashboardTopic> = new Map(
  platformDashboardTopics.map((topic) => [platformDashboardUid(topic), topic]),
);

/** What the platform's dashboard that shows the alert is about; `undefined` for an alert of a service, or with a dashboard of its own. */
export function alertTopic({ dashboard }: Pick<Alert, "dashboard">): PlatformDashboardTopic | undefined {
  return dashboard === undefined ? undefined : topics.get(dashboard);
}

/** A platform's dashboard has a panel for each of its alerts; on another one the alert says which. */
function panelOf(alert: Alert): PanelPlace | undefined {
  return alert.panel ?? (alertTopic(alert) === undefined ? undefined : alertPanel(alert.name));
}

function choices({ expr, labels }: Alert): Readonly<Record<string, string>> {
  return Object.fromEntries(alertVariables(expr, labels).map((name) => [name, labelReference(name)]));
}
