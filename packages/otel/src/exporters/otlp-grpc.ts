import { type Exporter, usesOf, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";
import type { ClientAuthenticator } from "../extensions/authenticator.ts";
import { authOptions } from "./client-auth.ts";
import { type ClientTls, tlsOptions } from "./client-tls.ts";
import { type Delivery, deliveryExtensions, deliveryOptions } from "./delivery.ts";

export interface OtlpGrpcOptions extends Delivery {
  /** `host:port`; with `dns:///` before it, requests are spread over all addresses of the host. */
  readonly endpoint: string;
  /** How the connection is protected. @default TLS with the system's authorities */
  readonly tls?: ClientTls;
  /** @default "gzip" */
  readonly compression?: "gzip" | "snappy" | "zstd" | "none";
  /** Proves who the collector is: `basicAuth`, `bearerTokenAuth`, `oauth2Client`, `sigv4Auth`. @default nobody asks */
  readonly auth?: ClientAuthenticator;
  /** Headers of each request. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** How requests are spread over the addresses of a host. @default "round_robin" */
  readonly balancer?: "round_robin" | "pick_first";
  /** Tells two exporters apart: `otlp_grpc/tempo`. */
  readonly name?: string;
}

/**
 * Sends traces, metrics and logs by OTLP over gRPC. `otlp` before collector 0.144.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/otlpexporter
 * @example
 * otlpGrpc({ name: "tempo", endpoint: "tempo.monitoring.svc:4317", tls: "plaintext", queue: { batch: {} } });
 */
export function otlpGrpc({
  endpoint,
  tls,
  compression,
  auth,
  headers,
  balancer,
  name,
  ...delivery
}: OtlpGrpcOptions): Exporter<Signal> {
  return {
    kind: "exporter",
    type: "otlp_grpc",
    ...(name === undefined ? {} : { name }),
    options: written({
      endpoint,
      tls: tlsOptions(tls),
      auth: authOptions(auth),
      compression,
      headers,
      balancer_name: balancer,
      ...deliveryOptions(delivery),
    }),
    ...usesOf(auth, ...deliveryExtensions(delivery)),
    accepts: everySignal,
  };
}
