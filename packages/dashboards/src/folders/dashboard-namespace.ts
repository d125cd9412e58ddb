import { componentsWithRole, type Platform } from "@plinth/core";

/**
 * Where the dashboards of the platform lie, all in one namespace, because a folder is found in no other: beside its Grafana, or beside its Prometheus where
 * Grafana is elsewhere; nowhere without a Prometheus, which nobody could ask.
 */
export function dashboardNamespace(platform: Platform): string | undefined {
  const [scraper] = componentsWithRole(platform, "metrics-scraper");
  const [server = scraper] = componentsWithRole(platform, "dashboard-server");
  return scraper === undefined ? undefined : server?.namespace;
}
