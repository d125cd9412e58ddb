import { block, type Exporter, usesOf, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";
import type { ClientAuthenticator } from "../extensions/authenticator.ts";
import { authOptions } from "./client-auth.ts";
import { type ClientTls, tlsOptions } from "./client-tls.ts";
import { type Delivery, deliveryOptions } from "./delivery.ts";

export interface PrometheusRemoteWriteOptions extends Pick<Delivery, "timeout" | "retry"> {
  /** The URL that takes remote writes: `http://prometheus.monitoring.svc:9090/api/v1/write`. */
  readonly endpoint: string;
  /** Certificates, for an https endpoint. @default those of the system */
  readonly tls?: ClientTls;
  /** How names become those of Prometheus. @default "UnderscoreEscapingWithSuffixes": `http.server.duration` in seconds is `http_server_duration_seconds` */
  readonly translationStrategy?: "UnderscoreEscapingWithSuffixes" | "UnderscoreEscapingWithoutSuffixes";
  /** Whether each attribute of the resource becomes a label, instead of standing in `target_info` only. @default false */
  readonly resourceLabels?: boolean;
  /**
   * Whether a series `target_info` says the attributes of each resource. Where several collectors write for one resource, all of them write this one
   * series, and Prometheus refuses whatever request comes second. @default true
   */
  readonly targetInfo?: boolean;
  /** Whether the name and version of the instrumentation are labels. @default true */
  readonly scopeLabels?: boolean;
  /** Labels of every series. @default none */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** Proves who the collector is: `basicAuth`, `bearerTokenAuth`, `oauth2Client`, `sigv4Auth`. @default nobody asks */
  readonly auth?: ClientAuthenticator;
  /** Headers of each request: `{ "X-Scope-OrgID": "shop" }`. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** What waits to be sent; without a queue the sender waits for the answer. @default 10000 batches, 5 consumers */
  readonly writeQueue?: { readonly size?: number; readonly consumers?: number } | "off";
  /** Keeps what waits in files, over a restart and while Prometheus is away; it takes the place of the queue. @default in memory */
  readonly writeAheadLog?: WriteAheadLog;
  /** Tells two exporters apart. */
  readonly name?: string;
}

export interface WriteAheadLog {
  /** Where its files are kept: a volume that is this collector's own. */
  readonly directory: string;
  /** Requests that are read ahead of sending. @default 300 */
  readonly bufferSize?: number;
  /** How often what was sent is deleted. @default "1m" */
  readonly truncateFrequency?: Duration;
}

/**
 * Sends metrics to Prometheus, Mimir or whatever takes remote writes. Drops counters and histograms that are not cumulative. `prometheusremotewrite`
 * before collector 0.154.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/prometheusremotewriteexporter
 * @example
 * prometheusRemoteWrite({ endpoint: "http://prometheus-operated.monitoring.svc:9090/api/v1/write" });
 */
export function prometheusRemoteWrite({
  endpoint,
  tls,
  translationStrategy = "UnderscoreEscapingWithSuffixes",
  resourceLabels,
  targetInfo,
  scopeLabels,
  externalLabels,
  auth,
  headers,
  writeQueue = {},
  writeAheadLog,
  name,
  ...delivery
}: PrometheusRemoteWriteOptions): Exporter<"metrics"> {
  return {
    kind: "exporter",
    type: "prometheus_remote_write",
    ...(name === undefined ? {} : { name }),
    options: written({
      endpoint,
      tls: tlsOptions(tls),
      auth: authOptions(auth),
      headers,
      translation_strategy: translationStrategy,
      resource_to_telemetry_conversion: resourceLabels === undefined ? undefined : { enabled: resourceLabels },
      target_info: targetInfo === undefined ? undefined : { enabled: targetInfo },
      disable_scope_info: scopeLabels === undefined ? undefined : !scopeLabels,
      external_labels: externalLabels,
      remote_write_queue:
        writeQueue === "off"
          ? { enabled: false }
          : block({ queue_size: writeQueue.size, num_consumers: writeQueue.consumers }),
      wal:
        writeAheadLog &&
        written({
          directory: writeAheadLog.directory,
          buffer_size: writeAheadLog.bufferSize,
          truncate_frequency: writeAheadLog.truncateFrequency,
        }),
      ...deliveryOptions(delivery),
    }),
    ...usesOf(auth),
    accepts: metricsOnly,
  };
}
