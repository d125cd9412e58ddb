import { isRecord } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";

/** Where a collector listens on 127.0.0.1. */
export interface CollectorPorts {
  readonly grpc: number;
  readonly http: number;
  readonly health: number;
  readonly metrics: number;
}

/** How long a sampler gathers a trace here, instead of the rendered 30 s: each comes within a blink. */
export const shortWait = "6s";

/** The first layer on loopback: only addresses are changed. */
export function gatewayOnLoopback(
  config: CollectorConfig,
  ports: CollectorPorts,
  samplers: readonly CollectorPorts[],
  sink: string,
): unknown {
  return replaced(config, [
    ...ownAddresses(ports),
    { at: ["receivers", "otlp", "protocols", "http", "endpoint"], by: loopback(ports.http) },
    {
      at: ["exporters", "load_balancing/sampling", "resolver"],
      by: { static: { hostnames: samplers.map(({ grpc }) => loopback(grpc)) } },
    },
    { at: ["exporters", "prometheus_remote_write", "endpoint"], by: `${sink}/api/v1/write` },
    { at: ["exporters", "otlp_http/logs", "endpoint"], by: sink },
  ]);
}

/**
 * The second layer on loopback: addresses are changed, times are shortened, and what is kept goes over HTTP as JSON instead of gRPC, through the queue that was
 * rendered.
 */
export function samplerOnLoopback(config: CollectorConfig, ports: CollectorPorts, sink: string): unknown {
  const kept = "otlp_http/kept";
  const queue = config.exporters["otlp_grpc/traces"]?.["sending_queue"];
  const http = { endpoint: sink, encoding: "json", compression: "none", ...(queue && { sending_queue: queue }) };
  return replaced({ ...config, exporters: { ...config.exporters, [kept]: http } }, [
    ...ownAddresses(ports),
    { at: ["service", "pipelines", "traces/kept", "exporters"], by: [kept] },
    { at: ["exporters", "prometheus_remote_write", "endpoint"], by: `${sink}/api/v1/write` },
    { at: ["processors", "tail_sampling", "decision_wait"], by: shortWait },
    { at: ["connectors", "span_metrics", "metrics_flush_interval"], by: "1s" },
  ]);
}

interface Replacement {
  readonly at: readonly string[];
  readonly by: unknown;
}

function ownAddresses({ grpc, health, metrics }: CollectorPorts): readonly Replacement[] {
  const reader = ["service", "telemetry", "metrics", "readers", "0", "pull", "exporter", "prometheus"];
  return [
    { at: ["receivers", "otlp", "protocols", "grpc", "endpoint"], by: loopback(grpc) },
    { at: ["extensions", "health_check", "endpoint"], by: loopback(health) },
    { at: [...reader, "host"], by: "127.0.0.1" },
    { at: [...reader, "port"], by: metrics },
  ];
}

function loopback(port: number): string {
  return `127.0.0.1:${port}`;
}

function replaced(config: unknown, replacements: readonly Replacement[]): unknown {
  return replacements.reduce((changed, { at, by }) => replacedAt(changed, at, by, at.join(".")), config);
}

/** A place that is not there is an error: the rendered collector is then not the one that this judge knows. */
function replacedAt(value: unknown, [key, ...rest]: readonly string[], by: unknown, place: string): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value) && value[Number(key)] !== undefined)
    return value.with(Number(key), replacedAt(value[Number(key)], rest, by, place));
  if (!isRecord(value) || !Object.hasOwn(value, key)) throw new Error(`the rendered configuration has no ${place}`);
  return { ...value, [key]: replacedAt(value[key], rest, by, place) };
}
