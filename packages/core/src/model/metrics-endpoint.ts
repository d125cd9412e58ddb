import { z } from "zod";
import { parseDuration } from "../duration/duration.ts";
import { durationField, portNumberField, textField } from "./field.ts";

/** How an endpoint in the Prometheus text format is scraped. */
export interface Scrape {
  /** Path of the page: `/metrics`. */
  readonly path: string;
  /** Time from one scrape to the next, a Prometheus duration. */
  readonly interval: string;
  /** When a scrape is given up, a Prometheus duration; never longer than the interval. */
  readonly timeout: string;
  /** Labels of the page win over those of the scrape: for what passes on the metrics of others. */
  readonly honorLabels: boolean;
  /** Metrics that are thrown away, as whole names or regular expressions over whole names. */
  readonly drop: readonly string[];
  /** The most series that one pod may expose: a scrape with more counts as failed. */
  readonly sampleLimit: number;
}

/** A page of metrics at a port that is known by its name. */
export interface MetricsEndpoint extends Scrape {
  readonly port: string;
}

/** A page of metrics at a port that has a number alone. */
export interface NumberedMetricsEndpoint extends Scrape {
  readonly port: number;
}

export interface ScrapeInput {
  /** @default "/metrics" */
  path?: string;
  /** Time from one scrape to the next. @default "30s" */
  interval?: string;
  /** When a scrape is given up. @default "10s", or the interval where that is shorter */
  timeout?: string;
  /** Labels of the page win over those of the scrape. @default false */
  honorLabels?: boolean;
  /** Metrics that are thrown away: `["go_gc_.*"]`. @default none */
  drop?: string[];
  /** The most series that one pod may expose. @default 10000 */
  sampleLimit?: number;
}

export interface MetricsEndpointInput extends ScrapeInput {
  /** The port's name. */
  port: string;
}

export interface NumberedMetricsEndpointInput extends ScrapeInput {
  /** The port's number. */
  port: number;
}

const defaultInterval = "30s";
// Prometheus' own: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file
const defaultTimeout = "10s";
const defaultSampleLimit = 10_000;

const metricsPathField = textField(
  (value) => (/^\/[^\s?#]*$/.test(value) ? undefined : `${JSON.stringify(value)} is no path of a URL`),
  { expected: "a path that begins with '/', without a query", example: '"/metrics"' },
);

const dropField = textField(
  (value) => {
    if (value === "") return "is empty";
    try {
      new RegExp(`^(?:${value})$`);
    } catch {
      return `${JSON.stringify(value)} is no regular expression`;
    }
    // Prometheus' RE2 has neither: https://github.com/google/re2/wiki/Syntax
    return /\(\?(?:<?[=!])|\\[1-9]/.test(value) ? `${JSON.stringify(value)} looks around or back` : undefined;
  },
  { expected: "a metric's name, or a regular expression of RE2 over whole names", example: '"go_gc_.*"' },
);

const scrapeShape = {
  path: metricsPathField.default("/metrics"),
  interval: durationField.default(defaultInterval),
  timeout: durationField.exactOptional(),
  honorLabels: z.boolean().default(false),
  drop: z.array(dropField).default([]),
  sampleLimit: z.int().min(1).max(10_000_000).default(defaultSampleLimit),
};

/** With the timeout that follows from the interval. */
function timed<Endpoint extends { interval: string; timeout?: string }>(
  endpoint: Endpoint,
): Endpoint & { timeout: string } {
  const shorter = isShorter(endpoint.interval, defaultTimeout) ? endpoint.interval : defaultTimeout;
  return { ...endpoint, timeout: endpoint.timeout ?? shorter };
}

/** True when the first duration is shorter than the second. */
export function isShorter(duration: string, than: string): boolean {
  return (parseDuration(duration) ?? 0) < (parseDuration(than) ?? 0);
}

export const metricsEndpointSchema: z.ZodType<MetricsEndpoint, MetricsEndpointInput> = z
  .strictObject({ port: z.string(), ...scrapeShape })
  .transform((endpoint): MetricsEndpoint => timed(endpoint))
  .meta({ expected: "a port's name, and how it is scraped", example: '{ port: "metrics", interval: "15s" }' });

export const numberedMetricsEndpointSchema: z.ZodType<NumberedMetricsEndpoint, NumberedMetricsEndpointInput> = z
  .strictObject({ port: portNumberField, ...scrapeShape })
  .transform((endpoint): NumberedMetricsEndpoint => timed(endpoint))
  .meta({ expected: "a port's number, and how it is scraped", example: "{ port: 9187 }" });

/** How a port is scraped that says no more than that it is scraped. */
export const plainScrape: Scrape = {
  path: "/metrics",
  interval: defaultInterval,
  timeout: defaultTimeout,
  honorLabels: false,
  drop: [],
  sampleLimit: defaultSampleLimit,
};
