import { type Alert, alertTopic, platformGroups } from "@plinth/alerts";
import { type Environment, once, type Platform } from "@plinth/core";
import type { AlertPanel, PromisePanel } from "@plinth/dashboards";
import { platformPromises } from "@plinth/slo";

/** The alerts of an environment that dashboards of the platform show, as the dashboards ask for them. */
export function alertPanels(platform: Platform, environment: Environment): readonly AlertPanel[] {
  return platformGroups(platform, environment).flatMap(({ alerts }) => alerts.flatMap((alert) => panelOf(alert) ?? []));
}

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
