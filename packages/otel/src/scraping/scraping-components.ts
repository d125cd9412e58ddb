import type { ApplicationComponent, Component, FoundationComponent } from "@plinth/core";
import { allocatedScraper, allocatedScrapers } from "./allocated-scraper.ts";
import { type MonitorOptions, monitorOf } from "./monitor.ts";
import { componentTarget, dataStoreTarget, serviceTarget } from "./scrape-target.ts";
import { scrapingFindings } from "./scraping-findings.ts";

/**
 * What is scraped: a monitor for each service, data store in the cluster and platform component with pages of metrics. A platform with a component of the
 * software `otel-scraper` gets collectors that scrape them, and the target allocator that shares the targets out.
 *
 * @example
 * const components = scraping({ monitorLabels: { release: "kube-prometheus-stack" } });
 */
export function scraping(options: MonitorOptions = {}): readonly Component[] {
  const services: ApplicationComponent = {
    name: "service-monitors",
    layer: "application",
    perService: (platform, environment, service) => {
      const target = serviceTarget(platform, service);
      return target === undefined ? [] : [monitorOf(target, environment, options)];
    },
    perTeam: (platform, environment, team) =>
      platform.dataStores
        .filter((store) => store.team === team.name)
        .flatMap((store) => dataStoreTarget(platform, environment, store) ?? [])
        .map((target) => monitorOf(target, environment, options)),
  };
  const platformMonitors: FoundationComponent = {
    name: "platform-monitors",
    layer: "foundation",
    perEnvironment: (platform, environment) => [
      ...platform.components
        .flatMap((component) => componentTarget(component) ?? [])
        .map((target) => monitorOf(target, environment, options)),
      ...allocatedScrapers(platform).flatMap((scraper) => allocatedScraper(platform, environment, scraper, options)),
    ],
    check: scrapingFindings,
  };
  return [services, platformMonitors];
}

/** What is scraped, with its defaults. */
export const scrapingComponents: readonly Component[] = scraping();
