import { type Exporter, type Options, usesOf, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";
import { type ClientTls, tlsOptions } from "./client-tls.ts";
import { type Delivery, deliveryExtensions, deliveryOptions, type Retry, type SendingQueue } from "./delivery.ts";

export interface LoadBalancingOptions {
  /** What goes together to one back end. @default "traceID" for traces, "service" for metrics and logs */
  readonly by?: "traceID" | "service" | "resource" | "metric" | "streamID";
  /** Who the back ends are. */
  readonly backends: Backends;
  /** How the connection to each back end is protected. @default TLS with the system's authorities */
  readonly tls?: ClientTls;
  /** How data is sent to one back end. @default as for OTLP over gRPC */
  readonly toBackend?: Delivery;
  /** What waits for any back end. @default off */
  readonly queue?: SendingQueue | "off";
  /** What happens to data that its back end did not take: it goes to the one that has its place now. @default off */
  readonly retry?: Retry | "off";
  /** Tells two exporters apart. */
  readonly name?: string;
}

/** Addresses of a host (a headless Service), endpoints of a Service as the API server knows them, or a fixed list. */
export type Backends =
  | { readonly dns: DnsBackends }
  | { readonly kubernetes: KubernetesBackends }
  | { readonly static: readonly string[] };

export interface DnsBackends {
  readonly hostname: string;
  /** @default 4317 */
  readonly port?: number;
  /** How often the host is looked up. @default "5s" */
  readonly interval?: Duration;
}

export interface KubernetesBackends {
  /** `name.namespace` */
  readonly service: string;
  /** @default 4317 */
  readonly ports?: readonly number[];
}

/**
 * Sends what belongs together to one of several collectors: all spans of a trace to one tail sampler. `loadbalancing` before collector 0.157.
 *
 * `dns` needs no permission; `kubernetes` needs `get`, `list` and `watch` on EndpointSlices.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter
 * @example
 * loadBalancing({ by: "traceID", backends: { dns: { hostname: "sampling-collector-headless.opentelemetry.svc", port: 4317 } }, tls: "plaintext" });
 */
export function loadBalancing({
  by,
  backends,
  tls,
  toBackend = {},
  queue,
  retry,
  name,
}: LoadBalancingOptions): Exporter<Signal> {
  const delivery = { ...(queue === undefined ? {} : { queue }) };
  return {
    kind: "exporter",
    type: "load_balancing",
    ...(name === undefined ? {} : { name }),
    options: written({
      routing_key: by,
      protocol: { otlp: written({ tls: tlsOptions(tls), ...deliveryOptions(toBackend) }) },
      resolver: resolver(backends),
      ...deliveryOptions(delivery),
      retry_on_failure: retry && retryFromNothing(retry),
    }),
    ...usesOf(...deliveryExtensions(delivery)),
    accepts: everySignal,
  };
}

// This exporter's retry begins with zeros instead of the usual defaults (loadbalancingexporter/factory.go): without an interval it would not pause at all.
function retryFromNothing(retry: Retry | "off"): Options {
  if (retry === "off") return { enabled: false };
  const { initialInterval = "5s", maxInterval = "30s", maxElapsedTime = "5m" } = retry;
  return {
    enabled: true,
    initial_interval: initialInterval,
    max_interval: maxInterval,
    max_elapsed_time: maxElapsedTime,
    multiplier: 1.5,
    randomization_factor: 0.5,
  };
}

function resolver(backends: Backends): Options {
  // The port of `dns` is a text, those of `k8s` are numbers: loadbalancingexporter/config.go.
  if ("dns" in backends)
    return {
      dns: written({
        hostname: backends.dns.hostname,
        port: backends.dns.port?.toString(),
        interval: backends.dns.interval,
      }),
    };
  if ("kubernetes" in backends)
    return { k8s: written({ service: backends.kubernetes.service, ports: backends.kubernetes.ports }) };
  return { static: { hostnames: backends.static } };
}
