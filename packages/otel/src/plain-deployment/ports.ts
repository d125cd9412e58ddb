import type { CollectorConfig } from "../configuration/collector-config.ts";
import { isOptions } from "../configuration/collector-config.ts";
import { type OptionValue, typeOf } from "../configuration/component.ts";

/** A port that a collector listens on for others. */
export interface ListeningPort {
  readonly name: string;
  readonly port: number;
  /** What is spoken there, where it is known. */
  readonly appProtocol?: "grpc" | "http";
}

const spoken: Readonly<Record<string, "grpc" | "http">> = { grpc: "grpc", http: "http", thrift_http: "http" };

/**
 * The ports of a configuration's receivers, from their endpoints: `otlp-grpc`, `otlp-http`, `zipkin`, `jaeger-http`. A receiver that asks others (`host:port`
 * under `endpoint`, with a URL) listens to nobody.
 */
export function listeningPorts({ receivers }: CollectorConfig): readonly ListeningPort[] {
  return Object.entries(receivers).flatMap(([id, options]): ListeningPort[] => {
    if (options === null) return [];
    const type = typeOf(id).replaceAll("_", "-");
    const { protocols } = options;
    if (!isOptions(protocols)) return portOf(options["endpoint"], type, undefined);
    return Object.entries(protocols).flatMap(([protocol, server]) => {
      const application = spoken[protocol];
      return isOptions(server) ? portOf(server["endpoint"], `${type}-${application ?? protocol}`, application) : [];
    });
  });
}

function portOf(
  endpoint: OptionValue | undefined,
  name: string,
  appProtocol: "grpc" | "http" | undefined,
): ListeningPort[] {
  const [, port] = typeof endpoint === "string" ? (/^[0-9.]*:(\d+)$/.exec(endpoint) ?? []) : [];
  if (port === undefined) return [];
  return [{ name, port: Number(port), ...(appProtocol === undefined ? {} : { appProtocol }) }];
}

/** The port that says whether the collector runs; `undefined` without the extension `health_check`. */
export function healthPort({ extensions = {} }: CollectorConfig): number | undefined {
  const options = Object.entries(extensions).find(([id]) => typeOf(id) === "health_check")?.[1];
  const endpoint = options?.["endpoint"];
  return typeof endpoint === "string" ? Number(endpoint.slice(endpoint.lastIndexOf(":") + 1)) : undefined;
}

const usualMetricsPort = 8888;

/** The port of the collector's own metrics: that of its first reader that is scraped. */
export function metricsPort({ service }: CollectorConfig): number {
  const member = (value: OptionValue | undefined, key: string): OptionValue | undefined =>
    isOptions(value) ? value[key] : undefined;
  const readers = member(member(service.telemetry, "metrics"), "readers");
  const first: OptionValue | undefined = Array.isArray(readers) ? readers[0] : undefined;
  const port = member(member(member(member(first, "pull"), "exporter"), "prometheus"), "port");
  return typeof port === "number" ? port : usualMetricsPort;
}
