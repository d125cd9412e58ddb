import { type Options, type Receiver, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";
import { type ScrapeConfig, scrapeOptions } from "./scrape-config.ts";

export interface PrometheusOptions {
  /** What is scraped. @default nothing: then `targetAllocator` says it */
  readonly scrapeConfigs?: readonly ScrapeConfig[];
  /** How often, where a scrape configuration does not say. @default "1m" */
  readonly scrapeInterval?: Duration;
  /** How long a target may take, where a scrape configuration does not say. @default "10s" */
  readonly scrapeTimeout?: Duration;
  /** Who tells this collector what its share of the targets is. @default nobody */
  readonly targetAllocator?: TargetAllocatorClient;
  /** Take units and `_total` off the names, as OpenTelemetry names metrics. @default false */
  readonly trimMetricSuffixes?: boolean;
  /** Scrape once more before the collector ends. @default false */
  readonly scrapeOnShutdown?: boolean;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/** The target allocator of the OpenTelemetry operator, as the collector asks it. */
export interface TargetAllocatorClient {
  /** Its address: `http://agent-targetallocator.opentelemetry.svc:80`. */
  readonly endpoint: string;
  /** How often it is asked. Above zero. */
  readonly interval: Duration;
  /** Who asks: the pod's own name, mostly `${env:POD_NAME}`. */
  readonly collectorId: string;
}

/**
 * Scrapes what exposes Prometheus metrics.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/prometheusreceiver
 * @example
 * prometheus({ scrapeConfigs: [{ jobName: "node", scrapeInterval: "30s", staticConfigs: [{ targets: ["node:9100"] }] }] });
 */
export function prometheus({
  scrapeConfigs,
  scrapeInterval,
  scrapeTimeout,
  targetAllocator,
  trimMetricSuffixes,
  scrapeOnShutdown,
  name,
}: PrometheusOptions): Receiver<"metrics"> {
  const global = written({ scrape_interval: scrapeInterval, scrape_timeout: scrapeTimeout });
  const config = written({
    global: Object.keys(global).length === 0 ? undefined : global,
    scrape_configs: scrapeConfigs?.map(scrapeOptions),
  });
  return {
    kind: "receiver",
    type: "prometheus",
    ...(name === undefined ? {} : { name }),
    options: written({
      config: Object.keys(config).length === 0 ? undefined : config,
      target_allocator: targetAllocator && allocatorOptions(targetAllocator),
      trim_metric_suffixes: trimMetricSuffixes,
      scrape_on_shutdown: scrapeOnShutdown,
    }),
    emits: metricsOnly,
  };
}

function allocatorOptions({ endpoint, interval, collectorId }: TargetAllocatorClient): Options {
  return { endpoint, interval, collector_id: collectorId };
}
