import {
  type Alert,
  alertTopic,
  grafanaQueryAlerts,
  platformGroups,
  type QueryAlert,
  queryAlertTopic,
} from "@plinth/alerts";
import { type Environment, once, type Platform } from "@plinth/core";
import type { AlertPanel, AnyAlertPanel, PromisePanel, QueryAlertPanel } from "@plinth/dashboards";
import { platformPromises } from "@plinth/slo";

/** The alerts of an environment that dashboards of the platform show, as the dashboards ask for them. */
export function alertPanels(platform: Platform, environment: Environment): readonly AnyAlertPanel[] {
  return [
    ...platformGroups(platform, environment).flatMap(({ alerts }) => alerts.flatMap((alert) => panelOf(alert) ?? [])),
    ...grafanaQueryAlerts(platform).map((alert) => queryPanelOf(alert)),
  ];
}

const queryPanelOf = once((alert: QueryAlert): QueryAlertPanel => {
  const { name, source, query, above, for: duration, labels, impact } = alert;
  return {
    alert: name,
    topic: queryAlertTopic(alert),
    asks: source === "logs" ? "loki" : "tempo",
    query,
    above,
    for: duration,
    labels: Object.values(labels),
    impact,
  };
});

/** Environments that share an alert share what is said of it. */
const panelOf = once((alert: Alert): AlertPanel | undefined => {
  const topic = alertTopic(alert);
  if (topic === undefined) return undefined;
  const { name, expr, labels, for: duration, threshold, summary, impact } = alert;
  return {
    alert: name,
    topic,
    expression: expr,
    labels,
    for: duration,
    ...(threshold === undefined ? {} : { threshold }),
    summary,
    impact,
  };
});

/** What the platform promises about itself, as the dashboards ask for it. */
export const promisePanels: (platform: Platform) => readonly PromisePanel[] = once((platform: Platform) =>
  platformPromises(platform).map(({ subject, dashboard }): PromisePanel => ({ subject, topic: dashboard })),
);
