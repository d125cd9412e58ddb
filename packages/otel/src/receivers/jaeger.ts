import { type Receiver, written } from "../configuration/component.ts";
import { tracesOnly } from "../configuration/signal.ts";
import { type ServerProtection, serverProtection, serverUses } from "./http-server.ts";

export interface JaegerOptions {
  /** Listen to Jaeger's agents by gRPC. @default gRPC and Thrift over HTTP when no protocol is named; else only those that are */
  readonly grpc?: JaegerServer;
  /** Listen to Jaeger's libraries by Thrift over HTTP. @default as for gRPC */
  readonly thriftHttp?: JaegerServer;
  /** Listen to Jaeger's old libraries by compact Thrift over UDP. @default off */
  readonly thriftCompact?: JaegerUdpServer;
  /** Listen to Jaeger's Node.js library by binary Thrift over UDP. @default off */
  readonly thriftBinary?: JaegerUdpServer;
  /** Tells two receivers apart. */
  readonly name?: string;
}

export interface JaegerServer extends ServerProtection {
  /** Address and port. The collector's own defaults are on localhost, which no other pod reaches. @default "0.0.0.0:14250" for gRPC, "0.0.0.0:14268" for HTTP */
  readonly endpoint?: string;
}

export interface JaegerUdpServer {
  /** Address and port. @default "0.0.0.0:6831" for compact, "0.0.0.0:6832" for binary Thrift */
  readonly endpoint?: string;
  /** Packets that may wait. @default 1000 */
  readonly queueSize?: number;
  /** The largest packet, in bytes. @default 65000 */
  readonly maxPacketSize?: number;
}

/**
 * Takes spans as Jaeger's libraries and agents send them: for the time of a migration.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/jaegerreceiver
 * @example
 * jaeger();
 * jaeger({ thriftCompact: {} });
 */
export function jaeger({
  grpc,
  thriftHttp,
  thriftCompact,
  thriftBinary,
  name,
}: JaegerOptions = {}): Receiver<"traces"> {
  const none = [grpc, thriftHttp, thriftCompact, thriftBinary].every((protocol) => protocol === undefined);
  const overGrpc = none ? {} : grpc;
  const overHttp = none ? {} : thriftHttp;
  return {
    kind: "receiver",
    type: "jaeger",
    ...(name === undefined ? {} : { name }),
    options: {
      protocols: written({
        grpc: overGrpc && { endpoint: overGrpc.endpoint ?? "0.0.0.0:14250", ...serverProtection(overGrpc) },
        thrift_http: overHttp && { endpoint: overHttp.endpoint ?? "0.0.0.0:14268", ...serverProtection(overHttp) },
        thrift_compact:
          thriftCompact &&
          written({
            endpoint: thriftCompact.endpoint ?? "0.0.0.0:6831",
            queue_size: thriftCompact.queueSize,
            max_packet_size: thriftCompact.maxPacketSize,
          }),
        thrift_binary:
          thriftBinary &&
          written({
            endpoint: thriftBinary.endpoint ?? "0.0.0.0:6832",
            queue_size: thriftBinary.queueSize,
            max_packet_size: thriftBinary.maxPacketSize,
          }),
      }),
    },
    ...serverUses(grpc, thriftHttp),
    emits: tracesOnly,
  };
}
