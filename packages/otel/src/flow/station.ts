import type { Environment, Platform } from "@plinth/core";
import type { CollectorConfig } from "../configuration/collector-config.ts";
import { allocatedScrapers, scraperCollector } from "../scraping/allocated-scraper.ts";
import { headlessHost, serviceHost } from "../topology/places.ts";
import { agentWorkload, clusterWorkload, gatewayWorkload, samplingWorkload } from "../topology/workloads.ts";

/** A collector on the way of telemetry. */
export interface Station {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly what: string;
  /** The hosts at which others reach it. */
  readonly hosts: readonly string[];
  readonly config: CollectorConfig;
}

/** The collectors of an environment, from services to back ends: those that are deployed, with the configuration that they run. */
export function stationsIn(platform: Platform, environment: Environment): readonly Station[] {
  const workloads = [
    { what: "on each node", workload: agentWorkload(platform, environment) },
    { what: "one for the cluster", workload: clusterWorkload(platform, environment) },
    { what: "cleans, enriches, balances", workload: gatewayWorkload(platform, environment) },
    { what: "counts, samples", workload: samplingWorkload(platform, environment) },
  ];
  return [
    ...allocatedScrapers(platform).map((scraper) => ({
      name: scraper.name,
      what: "scrapes",
      hosts: [],
      config: scraperCollector(platform, scraper).config,
    })),
    ...workloads.map(({ what, workload }) => {
      const { name, namespace, collector } = workload;
      // Both hosts are made of name and namespace alone.
      const place = { name, namespace, podLabels: {}, ports: { otlpGrpc: 0, otlpHttp: 0, metrics: 0 } };
      return { name, what, hosts: [serviceHost(place), headlessHost(place)], config: collector.config };
    }),
  ];
}
