import { block, type Options, type Receiver, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";
import { type ServerProtection, serverProtection, serverUses } from "./http-server.ts";

export interface OtlpOptions {
  /** Listen to OTLP over gRPC. @default both protocols when none is named; else only those that are */
  readonly grpc?: OtlpGrpcServer;
  /** Listen to OTLP over HTTP. @default both protocols when none is named; else only those that are */
  readonly http?: OtlpHttpServer;
  /** Tells two receivers apart: `otlp/edge`. */
  readonly name?: string;
}

export interface OtlpGrpcServer extends ServerProtection {
  /** Address and port. The collector's own default is localhost, which no other pod reaches. @default "0.0.0.0:4317" */
  readonly endpoint?: string;
  /** The largest request, in MiB. @default 4 */
  readonly maxReceiveMessageMib?: number;
  /** How long a connection lives. Clients that spread over several servers look for new ones when it ends. @default for ever */
  readonly maxConnectionAge?: Duration;
  /** How long a connection at its end may still finish what it does. @default for ever */
  readonly maxConnectionAgeGrace?: Duration;
}

export interface OtlpHttpServer extends ServerProtection {
  /** Address and port. The collector's own default is localhost, which no other pod reaches. @default "0.0.0.0:4318" */
  readonly endpoint?: string;
  /** The largest request, in bytes. @default 20971520 (20 MiB) */
  readonly maxRequestBodySize?: number;
}

/**
 * Takes traces, metrics and logs by OTLP. The endpoints are written out: the operator's webhook would, and an address that is said is one that
 * network policies can be compared with.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/receiver/otlpreceiver
 * @example
 * otlp();
 * otlp({ grpc: {} });
 */
export function otlp({ grpc, http, name }: OtlpOptions = {}): Receiver<Signal> {
  const both = grpc === undefined && http === undefined;
  return {
    kind: "receiver",
    type: "otlp",
    ...(name === undefined ? {} : { name }),
    options: {
      protocols: written({
        grpc: both ? grpcServer({}) : grpc && grpcServer(grpc),
        http: both ? httpServer({}) : http && httpServer(http),
      }),
    },
    ...serverUses(grpc, http),
    emits: everySignal,
  };
}

function grpcServer({
  endpoint = "0.0.0.0:4317",
  maxReceiveMessageMib,
  maxConnectionAge,
  maxConnectionAgeGrace,
  ...protection
}: OtlpGrpcServer): Options {
  const serverParameters = block({
    max_connection_age: maxConnectionAge,
    max_connection_age_grace: maxConnectionAgeGrace,
  });
  return written({
    endpoint,
    max_recv_msg_size_mib: maxReceiveMessageMib,
    keepalive: serverParameters === undefined ? undefined : { server_parameters: serverParameters },
    ...serverProtection(protection),
  });
}

function httpServer({ endpoint = "0.0.0.0:4318", maxRequestBodySize, ...protection }: OtlpHttpServer): Options {
  return written({ endpoint, max_request_body_size: maxRequestBodySize, ...serverProtection(protection) });
}
