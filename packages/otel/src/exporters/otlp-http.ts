import { type Exporter, usesOf, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";
import type { ClientAuthenticator } from "../extensions/authenticator.ts";
import { authOptions } from "./client-auth.ts";
import { type ClientTls, tlsOptions } from "./client-tls.ts";
import { type Delivery, deliveryExtensions, deliveryOptions } from "./delivery.ts";

export interface OtlpHttpOptions extends Delivery {
  /** A URL, to which the exporter appends `/v1/traces`, `/v1/metrics` or `/v1/logs`: `http://loki.monitoring.svc/otlp`. */
  readonly endpoint: string;
  /** Certificates, for an https endpoint. @default those of the system */
  readonly tls?: ClientTls;
  /** @default "gzip" */
  readonly compression?: "gzip" | "snappy" | "zstd" | "none";
  /** Proves who the collector is: `basicAuth`, `bearerTokenAuth`, `oauth2Client`, `sigv4Auth`. @default nobody asks */
  readonly auth?: ClientAuthenticator;
  /** Headers of each request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Tells two exporters apart: `otlp_http/loki`. */
  readonly name?: string;
}

/**
 * Sends traces, metrics and logs by OTLP over HTTP. `otlphttp` before collector 0.144.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/otlphttpexporter
 * @example
 * otlpHttp({ name: "loki", endpoint: "http://loki-gateway.monitoring.svc/otlp", queue: { batch: {} } });
 */
export function otlpHttp({
  endpoint,
  tls,
  compression,
  auth,
  headers,
  name,
  ...delivery
}: OtlpHttpOptions): Exporter<Signal> {
  return {
    kind: "exporter",
    type: "otlp_http",
    ...(name === undefined ? {} : { name }),
    options: written({
      endpoint,
      tls: tlsOptions(tls),
      auth: authOptions(auth),
      compression,
      headers,
      ...deliveryOptions(delivery),
    }),
    ...usesOf(auth, ...deliveryExtensions(delivery)),
    accepts: everySignal,
  };
}
